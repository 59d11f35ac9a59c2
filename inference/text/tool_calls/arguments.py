"""Validates a call's arguments, with messages by which a model can correct them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from inference.text.tool_calls.call_events import ToolCall
from inference.text.tool_calls.schema_reference import resolved
from inference.text.tool_calls.tool import Schema, Tool

_TYPES: dict[str, tuple[str, type | tuple[type, ...]]] = {
    "object": ("an object", Mapping),
    "array": ("an array", list),
    "string": ("a string", str),
    "number": ("a number", (int, float)),
    "integer": ("an integer", int),
    "boolean": ("true or false", bool),
    "null": ("null", type(None)),
}
_Holds = Callable[[Any, Any], bool]
_SIZES: tuple[tuple[str, type[str] | type[list[Any]], str, _Holds], ...] = (
    ("minLength", str, "have at least {} characters", lambda size, bound: size >= bound),
    ("maxLength", str, "have at most {} characters", lambda size, bound: size <= bound),
    ("minItems", list, "have at least {} items", lambda size, bound: size >= bound),
    ("maxItems", list, "have at most {} items", lambda size, bound: size <= bound),
)
_BOUNDS: tuple[tuple[str, str, _Holds], ...] = (
    ("minimum", "be at least {}", lambda value, bound: value >= bound),
    ("maximum", "be at most {}", lambda value, bound: value <= bound),
    ("exclusiveMinimum", "be more than {}", lambda value, bound: value > bound),
    ("exclusiveMaximum", "be less than {}", lambda value, bound: value < bound),
    ("multipleOf", "be a multiple of {}", lambda value, bound: value % bound == 0),
)


def problems(call: ToolCall, tool: Tool) -> list[str]:
    """One English sentence for each error; empty if the arguments are valid.

    `pattern`, `format` and `uniqueItems` are not checked. Raises `InferenceError` for a schema's
    reference that leads nowhere.
    """
    check = _Check(tool)
    return [
        f"{_subject(place, tool.name)} must {demand}."
        for place, demand in check.value(call.arguments, tool.parameters, "")
    ]


def _subject(place: str, tool: str) -> str:
    return f"argument {place} of tool {tool}" if place else f"the arguments of tool {tool}"


class _Check:
    def __init__(self, tool: Tool) -> None:
        self._root = tool.parameters

    def value(self, value: Any, schema: Any, place: str) -> Iterator[tuple[str, str]]:
        """The paths of the wrong values, and what each must be."""
        if not isinstance(schema, Mapping):
            return
        if "$ref" in schema:
            yield from self.value(value, resolved(self._root, schema["$ref"], place), place)
        yield from self._alternatives(value, schema, place)
        kinds = schema.get("type", list(_TYPES))
        kinds = [kinds] if isinstance(kinds, str) else kinds
        if not any(_is(value, kind) for kind in kinds):
            yield place, f"be {' or '.join(_TYPES[kind][0] for kind in kinds if kind in _TYPES)}"
            return
        yield from ((place, demand) for demand in _demands(value, schema))
        if isinstance(value, Mapping):
            yield from self._properties(value, schema, place)
        if isinstance(value, list):
            for number, item in enumerate(value):
                yield from self.value(item, schema.get("items"), f"{place}[{number}]")

    def _alternatives(self, value: Any, schema: Schema, place: str) -> Iterator[tuple[str, str]]:
        for part in schema.get("allOf", ()):
            yield from self.value(value, part, place)
        for key in ("anyOf", "oneOf"):
            found = [list(self.value(value, part, place)) for part in schema.get(key, ())]
            if found and all(found):
                yield from min(found, key=len)

    def _properties(
        self, value: Mapping[str, Any], schema: Schema, place: str
    ) -> Iterator[tuple[str, str]]:
        named = schema.get("properties", {})
        for key in schema.get("required", ()):
            if key not in value:
                yield _inside(place, key), "be given"
        for key, item in value.items():
            other = schema.get("additionalProperties", True)
            if key not in named and other is False:
                yield _inside(place, key), "be left out: there is no such argument"
            else:
                yield from self.value(item, named.get(key, other), _inside(place, key))


def _inside(place: str, key: str) -> str:
    return f"{place}.{key}" if place else key


def _is(value: Any, kind: str) -> bool:
    if isinstance(value, bool):
        return kind == "boolean"
    if kind == "integer" and isinstance(value, float):
        return value.is_integer()
    return kind not in _TYPES or isinstance(value, _TYPES[kind][1])


def _demands(value: Any, schema: Schema) -> Iterator[str]:
    if "enum" in schema and value not in schema["enum"]:
        yield f"be one of {', '.join(map(repr, schema['enum']))}"
    if "const" in schema and value != schema["const"]:
        yield f"be {schema['const']!r}"
    for key, kind, words, holds in _SIZES:
        if key in schema and isinstance(value, kind) and not holds(len(value), schema[key]):
            yield words.format(schema[key])
    if isinstance(value, int | float) and not isinstance(value, bool):
        for key, words, holds in _BOUNDS:
            if key in schema and not holds(value, schema[key]):
                yield words.format(schema[key])
