"""A JSON text read value by value, so that a large file takes the memory of its largest value.

The syntax between values is checked here, each value by msgspec when it is decoded. No call into C
processes more than `_LONGEST_TOKEN` bytes, as it holds the interpreter's lock.
"""

from __future__ import annotations

import mmap
import re
import time
from collections.abc import Iterator
from typing import TypeVar

from chat.transfer.decoding import decode

T = TypeVar("T")
Text = bytes | mmap.mmap

_LONGEST_TOKEN = 16_777_216
_DEEPEST = 200
_VALUES_AT_ONCE = 32
_PAUSE = 0.0005
_STRING = rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"'
_BLANKS = frozenset((b" ", b"\t", b"\n", b"\r"))
_SPACE = re.compile(rb"[ \t\n\r]*+")
_SCALAR = re.compile(_STRING + rb'|[^ \t\n\r,:\[\]{}"]++', re.DOTALL)
_FLAT = re.compile(
    rb'[\[{][^"\[\]{}]*+(?:' + _STRING + rb'[^"\[\]{}]*+)*+[\]}]',
    re.DOTALL,
)
_TOKEN = re.compile(rb'[^"\[\]{}]*+(?:' + _STRING + rb"|([\[{])|([\]}]))", re.DOTALL)


class MalformedJsonError(ValueError):
    """The text is not JSON, or nested too deeply to be read."""

    def __init__(self, at: int) -> None:
        super().__init__(f"byte {at}")


class UnexpectedValueError(MalformedJsonError):
    """A value has another type than expected."""

    def __init__(self, expected: str, at: int) -> None:
        super().__init__(at)
        self.expected = expected


class JsonReader:
    """Reads one value of `text[at:end]`; `at` is its position, and its end once it was read."""

    def __init__(self, text: Text, at: int, end: int) -> None:
        self._text = text
        self._end = end
        self._values = 0
        self.at = at

    def is_array(self) -> bool:
        return self._next() == b"["

    def is_object(self) -> bool:
        return self._next() == b"{"

    def elements(self) -> Iterator[int]:
        """The index of each element, which has to be read or skipped before the next."""
        self._open(b"[", "array")
        number = 0
        while not self._is_closed(b"]", is_first=number == 0):
            yield number
            number += 1

    def members(self) -> Iterator[str]:
        """The keys of an object; each value has to be read or skipped before the next key."""
        self._open(b"{", "object")
        is_first = True
        while not self._is_closed(b"}", is_first=is_first):
            is_first = False
            if self._next() != b'"':
                raise MalformedJsonError(self.at)
            key = self.value(str)
            self._expect(b":")
            yield key

    def value(self, kind: type[T]) -> T:
        """Decode the value. Raises msgspec's errors."""
        return decode(self.raw(), kind)

    def raw(self, longest: int = _LONGEST_TOKEN) -> bytes:
        """The bytes of the value, or a beginning of it that has more than `longest` bytes."""
        self._release_interpreter()
        self._next()
        began = self.at
        self.skip(longest)
        return self._text[began : self.at]

    def skip(self, longest: int = _LONGEST_TOKEN) -> None:
        """Skip the value, checking strings and brackets only, and only until more than `longest`
        bytes were found.
        """
        opening = self._next()
        if opening not in (b"[", b"{"):
            self.at = self._match(_SCALAR).end()
        elif flat := _FLAT.match(self._text, self.at, self._reach()):
            self.at = flat.end()
        else:
            self._skip_nested(self.at + longest)

    def _release_interpreter(self) -> None:
        """Release the interpreter. A computing thread keeps it for 5 ms at a time
        (`sys.getswitchinterval`), and sending a message needs it about a dozen times.
        """
        self._values += 1
        if self._values % _VALUES_AT_ONCE == 0:
            time.sleep(_PAUSE)

    def is_null(self) -> bool:
        return self._next() == b"n"

    def finish(self) -> None:
        """Raises `MalformedJsonError` if anything but space follows."""
        if self._next():
            raise MalformedJsonError(self.at)

    def _skip_nested(self, until: int) -> None:
        depth = 0
        while self.at <= until:
            token = self._match(_TOKEN)
            self.at = token.end()
            depth += bool(token[1]) - bool(token[2])
            if depth == 0:
                return
            if depth > _DEEPEST:
                raise MalformedJsonError(self.at)

    def _is_closed(self, bracket: bytes, *, is_first: bool) -> bool:
        found = self._next()
        if found == bracket:
            self.at += 1
            return True
        if not is_first:
            self._expect(b",")
        return False

    def _open(self, bracket: bytes, kind: str) -> None:
        if self._next() != bracket:
            self.skip()
            raise UnexpectedValueError(kind, self.at)
        self.at += 1

    def _expect(self, byte: bytes) -> None:
        if self._next() != byte:
            raise MalformedJsonError(self.at)
        self.at += 1

    def _next(self) -> bytes:
        """The next byte that is not space; empty at the end."""
        found = self._here()
        while found in _BLANKS:
            self.at = self._match(_SPACE).end()
            found = self._here()
        return found

    def _here(self) -> bytes:
        return self._text[self.at : self.at + 1] if self.at < self._end else b""

    def _match(self, pattern: re.Pattern[bytes]) -> re.Match[bytes]:
        found = pattern.match(self._text, self.at, self._reach())
        if found is None:
            raise MalformedJsonError(self.at)
        return found

    def _reach(self) -> int:
        return min(self._end, self.at + _LONGEST_TOKEN)
