"""What a model's files weigh, before anything is loaded or fetched."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from inference.backends.model_folder import find_folder
from inference.catalog import builtin
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
    found = (_on_disk(spec, config.models_dir) for spec in config.models)
    return [model for model in found if model is not None]


def _on_disk(spec: str, models_dir: Path) -> ModelOnDisk | None:
    if spec == "builtin":
        is_there = builtin.present(models_dir)
        needed = 0 if is_there else builtin.BYTES_WHILE_FETCHING
        return ModelOnDisk(builtin.path(models_dir), builtin.FILE_BYTES, is_there, needed)
    if spec.lower().endswith(".gguf"):
        path = Path(spec).expanduser()
        return ModelOnDisk(path, path.stat().st_size if path.is_file() else 0, path.is_file())
    folder = find_folder(spec)
    if folder is None:
        return None
    weights = [*folder.path.glob("*.safetensors")] or [*folder.path.glob("*.bin")]
    size = sum(file.stat().st_size for file in weights)
    return ModelOnDisk(folder.path, size, bool(weights))
