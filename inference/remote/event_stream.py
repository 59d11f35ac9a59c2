"""Server-sent events whose data is JSON, read as leniently as servers write them.

The format is of the HTML standard, 9.2.6. Beside it are read: events without an empty line after
them, lines of JSON without `data:`, and one whole JSON document in place of a stream.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from inference.remote.lenient_json import read_json

_MOST_BYTES = 16 << 20
_DONE = b"[DONE]"


class TooLongError(ValueError):
    """Raised for a line or a document that is too long."""


class EventStream:
    """Bytes in, in pieces cut anywhere; JSON values out. `done` once `[DONE]` was read."""

    def __init__(self) -> None:
        self.done = False
        self.garbage = b""
        self._tail = b""
        self._data = bytearray()
        self._begun = False
        self._document: bytearray | None = None

    def push(self, piece: bytes) -> Iterator[Any]:
        """The values that are complete now. Raises `TooLongError`."""
        if not self._begun:
            piece = self._begin(piece)
        if self._document is not None:
            piece = self._collect(piece)
        *lines, self._tail = (self._tail + piece).split(b"\n")
        if len(self._tail) + len(self._data) > _MOST_BYTES:
            raise TooLongError
        for line in lines:
            yield from self._line(line)

    def flush(self) -> Iterator[Any]:
        """The rest, at the end of the stream."""
        rest, self._tail = self._tail, b""
        if self._document is not None:
            rest, self._document = bytes(self._document), None
            if value := _value(rest):
                yield value
                return
        for line in rest.split(b"\n"):
            yield from self._line(line)
        yield from self._end_event()

    def _begin(self, piece: bytes) -> bytes:
        """Distinguishes a document from a stream by its first character."""
        first = (self._tail + piece).lstrip(b"\xef\xbb\xbf \r\n\t")
        self._tail = b""
        self._begun = bool(first)
        if first[:1] in (b"{", b"["):
            self._document = bytearray()
        return first

    def _collect(self, piece: bytes) -> bytes:
        """A document's bytes, until its first line turns out to be a value of its own."""
        document = self._document or bytearray()
        document += piece
        self._document = document
        if len(document) > _MOST_BYTES:
            raise TooLongError
        end = document.find(b"\n")
        if end < 0 or _value(bytes(document[:end])) is None:
            return b""
        self._document = None
        return bytes(document)

    def _line(self, line: bytes) -> Iterator[Any]:
        if b"\r" in line:
            for part in line.removesuffix(b"\r").split(b"\r"):
                yield from self._event(part)
        else:
            yield from self._event(line)

    def _event(self, line: bytes) -> Iterator[Any]:
        if not line:
            yield from self._end_event()
        elif line.startswith(b"data:"):
            yield from self._read(line[5:].strip())
        elif line.startswith((b"{", b"[")):
            yield from self._read(line.strip())
        elif not line.startswith((b":", b"event:", b"id:", b"retry:")):
            self.garbage = self.garbage or line[:400]

    def _read(self, data: bytes) -> Iterator[Any]:
        """One line of data. What is no value of its own may be one with the event's other lines."""
        if data.startswith(_DONE):
            self.done = True
        elif (value := _value(data)) is not None:
            self._data.clear()
            yield value
        else:
            self._data += data + b"\n"

    def _end_event(self) -> Iterator[Any]:
        """Drops lines that form no value."""
        text = bytes(self._data)
        self._data.clear()
        if (value := _value(text)) is not None:
            yield value
        else:
            self.garbage = self.garbage or text[:400].rstrip()


def _value(data: bytes) -> Any:
    """None for what is no JSON object or list."""
    try:
        value = read_json(data)
    except ValueError:
        return None
    return value if isinstance(value, (dict, list)) else None
