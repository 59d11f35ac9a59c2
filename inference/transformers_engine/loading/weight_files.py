"""Checks that a folder's weights are present and complete, by their headers."""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path

from inference.transformers_engine.loading.file_fault import damaged, missing
from inference.transformers_engine.loading.folder_files import read_json

_WHOLE = "model.safetensors"
_INDEXES = (f"{_WHOLE}.index.json", "pytorch_model.bin.index.json")
_NAMES = (_WHOLE, _INDEXES[0], "pytorch_model.bin", _INDEXES[1])
"""The file names that transformers tries, in its order."""
_SHARD = re.compile(r"model-\d+-of-\d+\.safetensors")
_LENGTH_BYTES = 8
_PICKLE = b"\x80"


def check_weights(folder: Path) -> None:
    """Raises `InferenceError`: `model_file_missing` or `model_file_damaged` for the first file that
    is missing, or shorter than its header states.
    """
    for file in weight_files(folder):
        if not file.is_file():
            raise missing(file, "the index names it")
        if reason := _fault(file):
            raise damaged(file, reason)


def weight_files(folder: Path) -> list[Path]:
    """The files that transformers reads. Raises `InferenceError` where there are none, and for an
    index that names none.
    """
    found = _source(folder)
    if found.name not in _INDEXES:
        return [found]
    places = read_json(found).get("weight_map")
    names = set(places.values()) if isinstance(places, dict) and _are_names(places) else set()
    if not names:
        raise damaged(found, "no weight_map")
    return [folder / name for name in sorted(names)]


def named_weights(folder: Path) -> Path:
    """The file to name for the weights as a whole: the only one, or the index."""
    return _source(folder)


def _source(folder: Path) -> Path:
    for name in _NAMES:
        if (folder / name).is_file():
            return folder / name
    is_split = any(_SHARD.fullmatch(file.name) for file in folder.glob("*.safetensors"))
    raise missing(folder / (_INDEXES[0] if is_split else _WHOLE), "no weights")


def _are_names(places: dict[str, object]) -> bool:
    return all(isinstance(name, str) and name for name in places.values())


def _fault(file: Path) -> str:
    """Why the file is not complete; "" where no fault is found."""
    if file.suffix == ".safetensors":
        return _fault_of_safetensors(file)
    with file.open("rb") as source:
        is_older = source.read(1) == _PICKLE
    return "" if is_older or zipfile.is_zipfile(file) else "neither a zip file nor a pickle"


def _fault_of_safetensors(file: Path) -> str:
    """The format: eight bytes with the header's length, the header in JSON, the data."""
    size = file.stat().st_size
    with file.open("rb") as source:
        length = int.from_bytes(source.read(_LENGTH_BYTES), "little")
        if not 0 < length <= size - _LENGTH_BYTES:
            return "no header"
        header = source.read(length)
    try:
        tensors = json.loads(header)
        ends = [one["data_offsets"][1] for name, one in tensors.items() if name != "__metadata__"]
        is_whole = max(ends, default=0) + length + _LENGTH_BYTES == size
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        return f"a header that cannot be read: {error}"
    return "" if is_whole else "the data is cut off"
