"""Why a path that an owner named is no model to chat with. Thin; reads the files."""

from __future__ import annotations

from pathlib import Path

from inference.catalog.found import suitability
from inference.catalog.found.candidate import Origin
from inference.catalog.found.folders import children, files_in, is_file, is_folder, json_in
from inference.catalog.found.gguf_files import first_shard, gguf_candidates, missing_shards
from inference.catalog.found.hugging_face import PREFIX, models_in_cache
from inference.catalog.found.model_tree import models_below
from inference.catalog.found.other_formats import other_format
from inference.catalog.found.unsuitable import Unsuitability, Unsuitable
from inference.catalog.gguf import read_header
from inference.errors import InferenceError

_DEPTH = 4


def unsuitable_path(path: Path, name: str = "") -> Unsuitable | None:
    """None for a model that may be chatted with, and where nothing can be read: what is wrong with
    a damaged or missing file shows when it is loaded. `name` is the model's where the path does not
    have it. Blocking.
    """
    if is_folder(path):
        return _of_folder(path, name or path.name)
    return _of_file(path) if is_file(path) else None


def _of_file(file: Path) -> Unsuitable | None:
    if first := first_shard(file.name):
        return Unsuitable(Unsuitability.SHARD, first)
    try:
        header = read_header(file)
    except InferenceError:
        return None
    if unsuitable := suitability.of_header(header, file.name):
        return unsuitable
    absent = missing_shards(file)
    return Unsuitable(Unsuitability.SHARD_MISSING, absent[0]) if absent else None


def _of_folder(folder: Path, name: str) -> Unsuitable | None:
    names = {path.name for path in children(folder)}
    if "adapter_config.json" in names:
        return suitability.of_adapter(json_in(folder / "adapter_config.json"))
    if names & {"config.json", "model_index.json"}:
        return suitability.of_config(json_in(folder / "config.json"), names, name)
    return _of_folder_without_model(folder)


def _of_folder_without_model(folder: Path) -> Unsuitable:
    found = children(folder)
    if not found:
        return Unsuitable(Unsuitability.EMPTY_FOLDER)
    if files := [*gguf_candidates(files_in(folder), Origin.FOLDER)]:
        return Unsuitable(Unsuitability.GGUF_FOLDER, str(files[0].path))
    if absent := [name for file in files_in(folder) for name in missing_shards(file)]:
        return Unsuitable(Unsuitability.SHARD_MISSING, absent[0])
    if any(path.name.startswith(PREFIX) for path in found):
        first = next(models_in_cache(folder), None)
        return Unsuitable(Unsuitability.HUB_CACHE, first.spec if first else "")
    below = next(models_below(folder, _DEPTH, Origin.FOLDER), None)
    if below is not None:
        return Unsuitable(Unsuitability.HUB_CACHE, below.spec)
    library = other_format({path.name for path in found})
    kind = Unsuitability.OTHER_FORMAT if library else Unsuitability.NO_MODEL
    return Unsuitable(kind, library)
