"""What a model's files weigh, before anything is loaded or fetched."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from inference.catalog import builtin
from inference.catalog.download import MARGIN_BYTES
from inference.catalog.entry import CatalogEntry
from inference.catalog.gguf import read_header
from inference.catalog.model_download import ModelDownload
from inference.catalog.offer import find_offered
from inference.catalog.stored import missing_bytes, path
from inference.config import EngineConfig
from inference.errors import InferenceError
from inference.llama_cpp_engine.gguf_memory import (
    builtin_memory,
    gguf_weights,
    header_memory,
    offer_memory,
)
from inference.specs.downloads import download_of
from inference.specs.gguf_spec import gguf_path
from inference.specs.model_folder import find_folder
from inference.transformers_engine.loading.folder_memory import folder_memory, folder_weights


@dataclass(frozen=True, slots=True)
class ModelOnDisk:
    """`size` is of its files, `memory` what it takes once loaded, None where that is not known;
    both in bytes. `to_fetch` is what the disk needs meanwhile for one that is downloaded by itself.
    Neither there nor to be fetched: missing.
    """

    path: Path
    size: int
    is_there: bool
    to_fetch: int = 0
    memory: int | None = None


def models_on_disk(config: EngineConfig) -> list[ModelOnDisk]:
    """Those of the configuration that are files; the scripted ones have none. Blocking: headers
    are read.
    """
    found = (_on_disk(spec, config) for spec in config.models)
    return [model for model in found if model is not None]


def _on_disk(spec: str, config: EngineConfig) -> ModelOnDisk | None:
    if entry := builtin.find(spec, config.free_memory):
        return _builtin(entry, config)
    if download := download_of(spec, config):
        return _downloaded(spec, download, config)
    if (file := gguf_path(spec)) is not None:
        size = gguf_weights(file)
        return ModelOnDisk(file, size, file.is_file(), memory=_gguf_memory(file, config))
    found = find_folder(spec)
    if found is None:
        return None
    return _folder(found.path, config)


def _builtin(entry: CatalogEntry, config: EngineConfig) -> ModelOnDisk:
    missing = missing_bytes(entry, config.models_dir)
    to_fetch = missing + MARGIN_BYTES if missing else 0
    file, memory = path(entry, config.models_dir), builtin_memory(entry, config)
    return ModelOnDisk(file, entry.size, not missing, to_fetch, memory)


def _downloaded(spec: str, download: ModelDownload, config: EngineConfig) -> ModelOnDisk:
    """Of a repository that was not asked yet nothing is known but its name."""
    offered, missing = find_offered(spec), download.missing()
    size = sum(file.size for file in download.files()) or (offered.size if offered else 0)
    memory = offer_memory(offered, config) if offered else _memory(download.loaded_path(), config)
    where = download.loaded_path() or download.folder
    to_fetch = size - missing.done + MARGIN_BYTES if missing else 0
    return ModelOnDisk(where, size, missing is None, to_fetch, memory)


def _folder(folder: Path, config: EngineConfig) -> ModelOnDisk:
    size = folder_weights(folder)
    return ModelOnDisk(folder, size, bool(size), memory=folder_memory(folder, config))


def _memory(model: Path | None, config: EngineConfig) -> int | None:
    if model is None:
        return None
    is_file = model.suffix.lower() == ".gguf"
    return _gguf_memory(model, config) if is_file else folder_memory(model, config)


def _gguf_memory(file: Path, config: EngineConfig) -> int | None:
    """None where the header cannot be read."""
    try:
        return header_memory(read_header(file), gguf_weights(file), config)
    except InferenceError:
        return None
