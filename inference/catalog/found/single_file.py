"""A file that an owner named as a model, and that is none by itself. Thin; looks beside it."""

from __future__ import annotations

from pathlib import Path

from inference.catalog.found.folders import is_file
from inference.catalog.found.unsuitable import Unsuitability, Unsuitable

_ARCHIVES = frozenset({".zip", ".tar", ".gz", ".tgz", ".bz2", ".xz", ".zst", ".7z", ".rar"})
_CONFIGS = ("config.json", "adapter_config.json", "model_index.json")


def unsuitable_file(file: Path) -> Unsuitable:
    """Why a file of another kind than GGUF is no model, and what to name in its place."""
    if file.suffix.lower() in _ARCHIVES:
        return Unsuitable(Unsuitability.ARCHIVE)
    if any(is_file(file.parent / name) for name in _CONFIGS):
        return Unsuitable(Unsuitability.PART_OF_FOLDER, str(file.parent))
    return Unsuitable(Unsuitability.NO_MODEL_FILE)
