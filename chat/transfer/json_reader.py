"""A JSON text read value by value, so that a large file costs the memory of its largest value.

What lies between the values is checked here, each value by msgspec when it is decoded. No call
into C runs over more than `_LONGEST_TOKEN` bytes: it would hold the interpreter's lock.
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
    """The text is no JSON, or none that is read here."""

    def __init__(self, at: int) -> None:
        super().__init__(f"byte {at}")


class UnexpectedValueError(MalformedJsonError):
    """A whole value, and of another kind than is read there."""

    def __init__(self, expected: str, at: int) -> None:
        super().__init__(at)
        self.expected = expected


class JsonReader:
    """Stands before one value of `text[at:end]`, and behind it once that was read or skipped."""

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
        """The position of each element; each has to be read or skipped before the next."""
        self._open(b"[", "array")
        number = 0
        while not self._is_closed(b"]", is_first=number == 0):
            yield number
            number += 1

    def members(self) -> Iterator[str]:
        """The keys of an object; each one's value has to be read or skipped before the next."""
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
        """Raises msgspec's errors."""
        return decode(self.raw(), kind)

    def raw(self, longest: int = _LONGEST_TOKEN) -> bytes:
        """The bytes of the value; of one with more than `longest`, only that it has more."""
        self._let_others_run()
        self._next()
        began = self.at
        self.skip(longest)
        return self._text[began : self.at]

    def skip(self, longest: int = _LONGEST_TOKEN) -> None:
        """Strings and brackets alone are looked at, until it is clear that there are more than
        `longest` bytes.
        """
        opening = self._next()
        if opening not in (b"[", b"{"):
            self.at = self._match(_SCALAR).end()
        elif flat := _FLAT.match(self._text, self.at, self._reach()):
            self.at = flat.end()
        else:
            self._skip_nested(self.at + longest)

    def _let_others_run(self) -> None:
        """A thread that only computes makes others wait for 5 ms whenever they want the interpreter
        (`sys.getswitchinterval`), and a message that is sent wants it some dozen times.
        """
        self._values += 1
        if self._values % _VALUES_AT_ONCE == 0:
            time.sleep(_PAUSE)

    def is_null(self) -> bool:
        return self._next() == b"n"

    def finish(self) -> None:
        """Nothing may follow."""
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
        """The next byte that is no blank; empty at the end."""
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
