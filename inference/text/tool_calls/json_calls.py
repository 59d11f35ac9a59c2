"""Calls that are written as JSON objects: `{"name": …, "arguments": {…}}`, or such an object as the
`function` of another, as OpenAI's interface has it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from inference.text.tool_calls.nesting import Nesting
from inference.text.tool_calls.reader import Mismatch, Reader, Reading

_NAMES = ("name", "tool_name")
_ARGUMENTS = ("arguments", "parameters")
_KEYS = frozenset({*_NAMES, *_ARGUMENTS, "function", "type", "id", "tool_call_id"})
_FIRST_KEY = re.compile(r'\{\s*"([^"]*)"$')
_OTHERS = r'(?:\s*"(?:type|id|tool_call_id)"\s*:\s*"[^"]*"\s*,)*\s*'
_NAME = re.compile(
    rf'\{{{_OTHERS}(?:"function"\s*:\s*\{{{_OTHERS})?"(?:tool_)?name"\s*:\s*"([^"]*)"$'
)
_NAME_AND_ARGUMENTS = re.compile(rf'{_NAME.pattern[:-1]}\s*,{_OTHERS}"(?:arguments|parameters)"$')
_LONGEST_HEAD = 500
"""Characters within which the name is looked for before the object has ended."""


def decoded(text: str) -> dict[str, Any]:
    """The object that this JSON is; line breaks may stand in strings. Raises `Mismatch`."""
    try:
        value = json.loads(text, strict=False, parse_constant=_no_constant)
        json.dumps(value, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        raise Mismatch(f"not valid JSON: {error}") from None
    if not isinstance(value, dict):
        raise Mismatch("not a JSON object")
    return value


def json_object(reader: Reader, at_string: Callable[[str], None] = lambda _: None) -> Reading[str]:
    """The text of one JSON object; not decoded yet. `at_string` gets the text so far at the end
    of each string of the object's own or of one directly in it, near its beginning.
    Raises `Mismatch`.
    """
    yield from reader.literal("{")
    nesting = Nesting()
    nesting.read("{")
    text = ["{"]
    while nesting.depth:
        char = yield from reader.take()
        text.append(char)
        if nesting.read(char) and nesting.depth <= 2 and len(text) <= _LONGEST_HEAD:
            at_string("".join(text))
        if nesting.too_deep:
            raise Mismatch("nested too deep")
    return "".join(text)


def json_arguments(reader: Reader) -> Reading[None]:
    """The arguments of the call that has begun, as one object. Raises `Mismatch`."""
    reader.finish(decoded((yield from json_object(reader))))


def json_call(reader: Reader, head: re.Pattern[str] = _NAME) -> Reading[None]:
    """One object with a name and arguments, in any order. Raises `Mismatch`."""
    text = yield from json_object(reader, lambda so_far: _begin(reader, so_far, head))
    call = _function(decoded(text))
    name = next((call[key] for key in _NAMES if key in call), None)
    if not isinstance(name, str):
        raise Mismatch("no name")
    arguments = _arguments(call)
    reader.begin(name)
    reader.finish(arguments)


def json_calls(reader: Reader, head: re.Pattern[str] = _NAME) -> Reading[None]:
    """One such object, or an array of them. Raises `Mismatch`."""
    if (yield from reader.peek()) != "[":
        return (yield from json_call(reader, head))
    yield from reader.literal("[")
    separator = ","
    while separator == ",":
        yield from reader.blank()
        yield from json_call(reader, head)
        yield from reader.blank()
        separator = yield from reader.one_of((",", "]"))
    return None


def certain_json_calls(reader: Reader) -> Reading[None]:
    """The same where other JSON may stand: a call begins only when its arguments do."""
    yield from json_calls(reader, _NAME_AND_ARGUMENTS)


def _function(call: dict[str, Any]) -> dict[str, Any]:
    inner = call.get("function")
    is_named = any(key in call for key in _NAMES)
    return inner if isinstance(inner, dict) and not is_named else call


def _begin(reader: Reader, so_far: str, head: re.Pattern[str]) -> None:
    """As soon as `head` has the name; or as soon as this can be no call."""
    if reader.begun is not None:
        return
    first = _FIRST_KEY.fullmatch(so_far)
    if first and first[1] not in _KEYS:
        raise Mismatch(f"no call has a key {first[1]!r}")
    if name := head.fullmatch(so_far):
        reader.begin(name[1])


def _arguments(call: dict[str, Any]) -> dict[str, Any]:
    found = next((call[key] for key in _ARGUMENTS if key in call), None)
    if isinstance(found, str):
        return decoded(found)
    if not isinstance(found, dict):
        raise Mismatch("no arguments")
    return found


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON")
