"""Calls that are written in Python: `f(x=1, y="a")`, with literals alone."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from inference.text.tool_calls.json_calls import decoded
from inference.text.tool_calls.nesting import Nesting
from inference.text.tool_calls.reader import Mismatch, Reader, Reading

_TOKEN = re.compile(
    r"""\s*(?:(?P<string>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
    r"""|(?P<number>-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?)|(?P<word>\w+)|(?P<mark>[][{}(),:=]))""",
    re.DOTALL,
)
_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|.)", re.DOTALL)
_ESCAPED = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "\n": ""}
_WORDS = {"True": True, "False": False, "None": None, "true": True, "false": False, "null": None}


def python_call(reader: Reader) -> Reading[None]:
    """One call with named arguments. Raises `Mismatch`."""
    yield from reader.name("(")
    nesting = Nesting("\"'")
    nesting.read("(")
    text: list[str] = []
    while nesting.depth:
        char = yield from reader.take()
        text.append(char)
        nesting.read(char)
        if nesting.too_deep:
            raise Mismatch("nested too deep")
    arguments = _Literals("".join(text)).arguments()
    reader.finish(decoded(json.dumps(arguments)))


class _Literals:
    """Reads what stands between the parentheses, the closing one included."""

    def __init__(self, text: str) -> None:
        self._nexts = _tokens(text)
        self._kind, self._next = next(self._nexts)

    def arguments(self) -> dict[str, Any]:
        """All of it. Raises `Mismatch`."""
        found: dict[str, Any] = {}
        while self._next != ")":
            name = self._take("word")
            self._expect("=")
            found[name] = self._value()
            if self._next != ")":
                self._expect(",")
        return found

    def _value(self) -> Any:
        if self._kind == "mark":
            return self._collection()
        kind, token = self._kind, self._take(self._kind)
        if kind == "string":
            return _ESCAPE.sub(_unescaped, token[1:-1])
        if kind == "number":
            return decoded(f'{{"value": {token}}}')["value"]
        if token in _WORDS:
            return _WORDS[token]
        raise Mismatch(f"{token!r} is no literal")

    def _collection(self) -> Any:
        opening = self._take("mark")
        if opening == "{":
            return dict(self._pairs())
        if opening not in "[(":
            raise Mismatch(f"unexpected {opening!r}")
        return list(self._items("]" if opening == "[" else ")"))

    def _items(self, end: str) -> Iterator[Any]:
        while self._next != end:
            yield self._value()
            if self._next != end:
                self._expect(",")
        self._expect(end)

    def _pairs(self) -> Iterator[tuple[str, Any]]:
        while self._next != "}":
            key = self._value()
            if not isinstance(key, str):
                raise Mismatch("a key that is no string")
            self._expect(":")
            yield key, self._value()
            if self._next != "}":
                self._expect(",")
        self._expect("}")

    def _take(self, kind: str) -> str:
        if self._kind != kind:
            raise Mismatch(f"unexpected {self._next!r}")
        token = self._next
        self._kind, self._next = next(self._nexts, ("end", ""))
        return token

    def _expect(self, mark: str) -> None:
        if self._take("mark") != mark:
            raise Mismatch(f"expected {mark!r}")


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    at = 0
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None:
            raise Mismatch(f"unexpected {text[at : at + 1]!r}")
        kind = found.lastgroup or ""
        yield kind, found[kind]
        at = found.end()


def _unescaped(found: re.Match[str]) -> str:
    code = found[1]
    if code[0] in "ux" and len(code) > 1:
        return chr(int(code[1:], 16))
    return _ESCAPED.get(code, code if code in "\\\"'" else found[0])
