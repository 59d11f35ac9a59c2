"""The bytes of a GGUF file's header into values. Pure.

The format: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md
"""

from __future__ import annotations

import math
import struct
from collections.abc import Mapping
from dataclasses import dataclass

MAGIC = b"GGUF"
_SCALARS = dict(enumerate("BbHhIif?")) | {10: "Q", 11: "q", 12: "d"}
"""The struct letter of each scalar kind; 8 is a string, 9 an array."""
_STRING = 8
_ARRAY = 9
_MAX_LENGTH = 1 << 26
"""No string or array of a real header is longer; a damaged length must not eat the memory."""
_MOST_PARAMETERS = 1 << 50
_MOST_NUMBERS = 4096
"""Arrays of a number for each layer are kept; a vocabulary's are not."""
_MOST_ENTRIES = 1 << 18
"""Values, or tensors: a model of 60 layers with 256 experts in each has 50,000."""
_LENGTH = struct.Struct("<Q")

Value = str | int | float | bool | tuple[int | float | bool, ...] | None


class CutShortError(ValueError):
    """The header goes on beyond these bytes."""


@dataclass(frozen=True, slots=True)
class RawHeader:
    """`values` has the scalars, texts and short arrays of numbers; None stands for other arrays.

    `end` is where the header ends; the last tensor begins `last_tensor` bytes after it or a
    little later, for alignment. `parameters` are the elements of all tensors.
    """

    values: Mapping[str, Value]
    tensors: int
    parameters: int
    last_tensor: int
    end: int


def parse(data: bytes) -> RawHeader:
    """The header with which `data` begins.

    Raises `CutShortError` where `data` ends before the header does, `ValueError` where it is
    none.
    """
    if data[:4] != MAGIC[: len(data)]:
        raise ValueError("not a GGUF file")
    reader = _Reader(data, 4)
    (version, tensors, count) = reader.unpack("<IQQ")
    if not 2 <= version < 1 << 16 or max(count, tensors) > _MOST_ENTRIES:
        raise ValueError(f"GGUF version {version} with {count} values")
    values = {reader.text(): reader.value() for _ in range(count)}
    parameters = last = 0
    for _ in range(tensors):
        shape, offset = reader.tensor()
        parameters += math.prod(shape)
        if parameters > _MOST_PARAMETERS:
            raise ValueError(f"a tensor of the shape {shape}")
        last = max(last, offset)
    return RawHeader(values, tensors, parameters, last, reader.at)


class _Reader:
    """Reads one thing after another."""

    def __init__(self, data: bytes, at: int) -> None:
        self._data = data
        self.at = at

    def unpack(self, layout: str) -> tuple[int, ...]:
        begin = self._advance(struct.calcsize(layout))
        return struct.unpack_from(layout, self._data, begin)

    def text(self) -> str:
        (length,) = self.unpack("<Q")
        begin = self._advance(_checked(length))
        # A name that is no UTF-8 hides nothing else of the header.
        return self._data[begin : self.at].decode(errors="replace")

    def value(self) -> Value:
        (kind,) = self.unpack("<I")
        if kind == _ARRAY:
            return self._array()
        return self._single(kind)

    def tensor(self) -> tuple[tuple[int, ...], int]:
        """Its shape and where it begins; the name and the kind are passed over."""
        self._skip_texts(1)
        (dimensions,) = self.unpack("<I")
        if dimensions > 8:
            raise ValueError(f"a tensor of {dimensions} dimensions")
        *shape, _kind, offset = self.unpack(f"<{dimensions}QIQ")
        return tuple(shape), offset

    def _single(self, kind: int) -> Value:
        if kind == _STRING:
            return self.text()
        if kind not in _SCALARS:
            raise ValueError(f"a value of kind {kind}")
        return self.unpack("<" + _SCALARS[kind])[0]

    def _array(self) -> Value:
        kind, length = self.unpack("<IQ")
        _checked(length)
        if kind == _STRING:
            self._skip_texts(length)
            return None
        if kind not in _SCALARS:
            raise ValueError(f"an array of kind {kind}")
        if length <= _MOST_NUMBERS:
            return self.unpack(f"<{length}{_SCALARS[kind]}")
        self._advance(length * struct.calcsize("<" + _SCALARS[kind]))
        return None

    def _skip_texts(self, count: int) -> None:
        """A vocabulary has hundreds of thousands."""
        data, at, size, length_at = self._data, self.at, len(self._data), _LENGTH.unpack_from
        for _ in range(count):
            if at + 8 > size:
                raise CutShortError
            at += 8 + length_at(data, at)[0]
        self.at = at
        self._advance(0)

    def _advance(self, count: int) -> int:
        """Past so many bytes; where they begin."""
        begin, self.at = self.at, self.at + count
        if self.at > len(self._data):
            raise CutShortError
        return begin


def _checked(length: int) -> int:
    if length > _MAX_LENGTH:
        raise ValueError(f"a length of {length}")
    return length
