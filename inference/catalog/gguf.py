"""A GGUF file's own description, read from its header without loading it.

The format: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from inference.errors import InferenceError, InferenceErrorCode

_MAGIC = b"GGUF"
_SCALARS = dict(enumerate("BbHhIif?")) | {10: "Q", 11: "q", 12: "d"}
"""The struct letter of each scalar kind; 8 is a string, 9 an array."""
_STRING = 8
_ARRAY = 9
_MAX_LENGTH = 1 << 26
"""No string or array of a real header is longer; a damaged length must not eat the memory."""

Value = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class GgufHeader:
    """What the file says of itself; `context_tokens` is what the model was trained for."""

    architecture: str
    name: str | None
    context_tokens: int | None


def read_header(path: Path) -> GgufHeader:
    """Raises `InferenceError`: `model_file_missing` or `model_file_damaged`."""
    try:
        with path.open("rb") as file:
            tensors, values = _values(file)
            _check_whole(file, tensors, path.stat().st_size)
            return _header(values)
    except (FileNotFoundError, IsADirectoryError):
        raise _error(InferenceErrorCode.MODEL_FILE_MISSING, path, "no such file") from None
    except (struct.error, ValueError, KeyError) as error:
        raise _error(InferenceErrorCode.MODEL_FILE_DAMAGED, path, str(error)) from None


def _header(values: dict[str, Value]) -> GgufHeader:
    architecture = str(values["general.architecture"])
    name = values.get("general.name")
    context = values.get(f"{architecture}.context_length")
    return GgufHeader(
        architecture=architecture,
        name=name if isinstance(name, str) else None,
        context_tokens=context if isinstance(context, int) else None,
    )


def _check_whole(file: BinaryIO, tensors: int, size: int) -> None:
    """A download that broke off ends before its last tensor begins."""
    last = 0
    for _ in range(tensors):
        _string(file)
        (dimensions,) = _unpack(file, "<I")
        *_shape, _kind, offset = _unpack(file, f"<{dimensions}QIQ")
        last = max(last, offset)
    if file.tell() + last >= size:
        raise ValueError(f"the file ends at {size} bytes, before its last tensor")


def _values(file: BinaryIO) -> tuple[int, dict[str, Value]]:
    if file.read(4) != _MAGIC:
        raise ValueError("not a GGUF file")
    version, tensors, count = _unpack(file, "<IQQ")
    if version < 2 or max(count, tensors) > _MAX_LENGTH:
        raise ValueError(f"GGUF version {version} with {count} values")
    values: dict[str, Value] = {}
    for _ in range(count):
        key = _string(file)
        (kind,) = _unpack(file, "<I")
        values[key] = _value(file, kind)
    return tensors, values


def _value(file: BinaryIO, kind: int) -> Value:
    if kind == _STRING:
        return _string(file)
    if kind == _ARRAY:
        _skip_array(file)
        return None
    return _unpack(file, "<" + _SCALARS[kind])[0]


def _skip_array(file: BinaryIO) -> None:
    kind, length = _unpack(file, "<IQ")
    if length > _MAX_LENGTH:
        raise ValueError(f"an array of {length} values")
    if kind in _SCALARS:
        file.seek(length * struct.calcsize("<" + _SCALARS[kind]), 1)
        return
    for _ in range(length):
        _value(file, kind)


def _string(file: BinaryIO) -> str:
    (length,) = _unpack(file, "<Q")
    if length > _MAX_LENGTH:
        raise ValueError(f"a string of {length} bytes")
    return file.read(length).decode()


def _unpack(file: BinaryIO, layout: str) -> tuple[int, ...]:
    return struct.unpack(layout, file.read(struct.calcsize(layout)))


def _error(code: InferenceErrorCode, path: Path, reason: str) -> InferenceError:
    return InferenceError(code, f"{path}: {reason}", detail={"file": path.name})
