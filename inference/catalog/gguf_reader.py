"""The bytes of a GGUF file's header, one value after another.

The format: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md
"""

from __future__ import annotations

import mmap
import struct

_SCALARS = dict(enumerate("BbHhIif?")) | {10: "Q", 11: "q", 12: "d"}
"""The struct letter of each scalar kind; 8 is a string, 9 an array."""
STRING = 8
ARRAY = 9
_MAX_LENGTH = 1 << 26
"""No string or array of a real header is longer; a damaged length must not exhaust the memory."""
_MOST_NUMBERS = 4096
"""Arrays of a number for each layer are kept; a vocabulary's are not."""
_MOST_ENTRIES = 1 << 18
"""Values, or tensors: a model of 60 layers with 256 experts in each has 50,000."""
_LENGTH = struct.Struct("<Q")

Value = str | int | float | bool | tuple[int | float | bool, ...] | None


class CutShortError(ValueError):
    """The header is longer than these bytes."""


class GgufReader:
    """Reads `data`, which may be a mapped file; `at` is where the next thing begins.

    Raises `CutShortError` where `data` ends before that does, `ValueError` for what is no GGUF.
    """

    def __init__(self, data: bytes | mmap.mmap, at: int) -> None:
        self._data = data
        self.at = at

    def unpack(self, layout: str) -> tuple[int, ...]:
        """The next numbers, in the layout of `struct`."""
        begin = self._advance(struct.calcsize(layout))
        return struct.unpack_from(layout, self._data, begin)

    def text(self) -> str:
        """The next string."""
        (length,) = self.unpack("<Q")
        begin = self._advance(_checked(length))
        # A name that is no UTF-8 hides nothing else of the header.
        return self._data[begin : self.at].decode(errors="replace")

    def value(self) -> Value:
        """The next value with its kind; None for an array of texts or a long one of numbers."""
        (kind,) = self.unpack("<I")
        if kind == ARRAY:
            return self._array()
        return self._single(kind)

    def counts(self) -> tuple[int, int]:
        """The numbers of tensors and of values, which a header begins with.

        Raises `ValueError` for an unknown version.
        """
        (version, tensors, values) = self.unpack("<IQQ")
        if not 2 <= version < 1 << 16 or max(values, tensors) > _MOST_ENTRIES:
            raise ValueError(f"GGUF version {version} with {values} values")
        return tensors, values

    def array(self) -> tuple[int, int]:
        """The kind and the length of an array that begins here, whose items are next."""
        (kind, of, length) = self.unpack("<IIQ")
        if kind != ARRAY:
            raise ValueError(f"a value of kind {kind} in place of an array")
        return of, _checked(length)

    def skip_texts(self, count: int) -> None:
        """Past so many strings: a vocabulary has hundreds of thousands."""
        data, at, size, length_at = self._data, self.at, len(self._data), _LENGTH.unpack_from
        for _ in range(count):
            if at + 8 > size:
                raise CutShortError
            at += 8 + length_at(data, at)[0]
        self.at = at
        self._advance(0)

    def tensor(self) -> tuple[tuple[int, ...], int]:
        """Its shape and where it begins; the name and the kind are passed over."""
        self.skip_texts(1)
        (dimensions,) = self.unpack("<I")
        if dimensions > 8:
            raise ValueError(f"a tensor of {dimensions} dimensions")
        *shape, _kind, offset = self.unpack(f"<{dimensions}QIQ")
        return tuple(shape), offset

    def _single(self, kind: int) -> Value:
        if kind == STRING:
            return self.text()
        if kind not in _SCALARS:
            raise ValueError(f"a value of kind {kind}")
        return self.unpack("<" + _SCALARS[kind])[0]

    def _array(self) -> Value:
        kind, length = self.unpack("<IQ")
        _checked(length)
        if kind == STRING:
            self.skip_texts(length)
            return None
        if kind not in _SCALARS:
            raise ValueError(f"an array of kind {kind}")
        if length <= _MOST_NUMBERS:
            return self.unpack(f"<{length}{_SCALARS[kind]}")
        self._advance(length * struct.calcsize("<" + _SCALARS[kind]))
        return None

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
