"""The model in a folder in Hugging Face's format, if all of its weights are there."""

from __future__ import annotations

from pathlib import Path

from inference.catalog.found.candidate import Candidate, Origin
from inference.catalog.found.folders import files_in, is_file, json_in

_INDEXES = ("model.safetensors.index.json", "pytorch_model.bin.index.json")
_ENDINGS = (".safetensors", ".bin", ".pt", ".pth")
_NO_WEIGHTS = ("training_args.bin", "optimizer.bin", "scheduler.bin", "rng_state.pth")


def folder_candidate(
    folder: Path, origin: Origin, name: str = "", spec: str = ""
) -> Candidate | None:
    """None where there is no config.json (or adapter_config.json), or where weights are missing
    that an index lists, or all of them.
    """
    files = files_in(folder)
    names = {file.name for file in files}
    if not names & {"config.json", "adapter_config.json", "model_index.json"}:
        return None
    weights = _weights(folder, files)
    if weights is None and "model_index.json" not in names:
        return None
    return Candidate(
        spec or str(folder), name or folder_name(folder), origin, folder, weights or ()
    )


def folder_name(folder: Path) -> str:
    """ModelScope writes a dot in a folder's name as three underscores."""
    return folder.name.replace("___", ".")


def _weights(folder: Path, files: list[Path]) -> tuple[Path, ...] | None:
    """Safetensors before anything else: many repositories have the weights twice."""
    for index in _INDEXES:
        if listed := _listed(folder, index):
            return listed if all(is_file(file) for file in listed) else None
    for ending in _ENDINGS:
        found = [f for f in files if f.suffix == ending and f.name not in _NO_WEIGHTS]
        if found:
            return tuple(found)
    return None


def _listed(folder: Path, index: str) -> tuple[Path, ...]:
    """The files that an index names, if there is one; a name never leads out of the folder."""
    places = json_in(folder / index).get("weight_map")
    if not isinstance(places, dict):
        return ()
    names = {name for name in places.values() if isinstance(name, str)}
    return tuple(folder / Path(name).name for name in sorted(names))
