"""What a model's files weigh, before anything is loaded or fetched."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from inference.backends.gguf_spec import gguf_path
from inference.backends.model_folder import find_folder
from inference.catalog import builtin
from inference.catalog.download import MARGIN_BYTES
from inference.catalog.stored import length, missing_bytes, path
from inference.config import EngineConfig


@dataclass(frozen=True, slots=True)
class ModelOnDisk:
    """`size` in bytes is about what it takes in memory too; `to_fetch` is what the disk needs
    meanwhile for one that is downloaded by itself. Neither there nor to be fetched: missing.
    """

    path: Path
    size: int
    is_there: bool
    to_fetch: int = 0


def models_on_disk(config: EngineConfig) -> list[ModelOnDisk]:
    """Those of the configuration that are files; the scripted ones have none."""
    found = (_on_disk(spec, config) for spec in config.models)
    return [model for model in found if model is not None]


def _on_disk(spec: str, config: EngineConfig) -> ModelOnDisk | None:
    folder = config.models_dir
    if entry := builtin.find(spec, config.free_memory):
        missing = missing_bytes(entry, folder)
        to_fetch = missing + MARGIN_BYTES if missing else 0
        return ModelOnDisk(path(entry, folder), entry.size, not missing, to_fetch)
    if (file := gguf_path(spec)) is not None:
        return ModelOnDisk(file, length(file), file.is_file())
    found = find_folder(spec)
    if found is None:
        return None
    weights = [*found.path.glob("*.safetensors")] or [*found.path.glob("*.bin")]
    size = sum(file.stat().st_size for file in weights)
    return ModelOnDisk(found.path, size, bool(weights))
