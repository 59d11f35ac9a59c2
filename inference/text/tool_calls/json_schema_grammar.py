"""The grammar of the JSON that a schema describes.

It may allow more than the schema: bounds of numbers and `multipleOf` are left to `arguments.py`. It
may allow less: properties come in the schema's order, and none is added to those it names.
`pattern`, `format`, `uniqueItems` and annotations are considered neither here nor there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from inference.errors import InferenceError, InferenceErrorCode
from inference.text.tool_calls import json_expressions
from inference.text.tool_calls.gbnf import choice, json_literal, literal
from inference.text.tool_calls.tool import Schema

_UNSUPPORTED = frozenset(
    {
        "not", "if", "then", "else", "patternProperties", "propertyNames", "prefixItems",
        "contains", "minProperties", "maxProperties", "dependentRequired", "dependentSchemas",
        "unevaluatedProperties", "unevaluatedItems", "$dynamicRef",
    }
)  # fmt: skip
_TYPES = ("object", "array", "string", "number", "integer", "boolean", "null")

Property = Callable[[str, Schema], str]
"""The expression for one property with its key."""


class JsonSchemaGrammar:
    """Collects the rules for `root`, within which references are resolved, and for its parts.

    All that take a `place`, which names the part, raise `InferenceError` (`invalid_request`,
    reason `tool_schema`) where a schema is not understood.
    """

    def __init__(self, root: Schema, rules: dict[str, str], prefix: str) -> None:
        """New rules are added to `rules`; their names begin with `prefix`."""
        self._root = root
        self._rules = rules
        self._prefix = prefix
        self._references: dict[str, str] = {}
        rules.update(json_expressions.RULES)

    def value(self, schema: Any, place: str) -> str:
        """The expression for a value by this schema."""
        if schema is True or schema == {}:
            return "value"
        self._check(schema, place)
        if "$ref" in schema:
            return self._reference(schema["$ref"], place)
        if "const" in schema:
            return json_literal(schema["const"])
        if "enum" in schema:
            return self._one_of([json_literal(each) for each in schema["enum"]], place)
        for key in ("anyOf", "oneOf", "allOf"):
            if key in schema:
                return self._combined(key, schema[key], place)
        return self._typed(schema, place)

    def properties(self, schema: Schema, place: str, one: Property, separator: str = '", "') -> str:
        """The properties of an object in their order, those not required perhaps left out."""
        named = schema.get("properties", {})
        required = schema.get("required", ())
        rest, first = '""', '""'
        for key in reversed(named):
            item = self._add(one(key, named[key]))
            if key in required:
                rest, first = f"{separator} {item} {rest}", f"{item} {rest}"
            else:
                rest, first = f"({separator} {item})? {rest}", f"({item} {rest} | {first})"
            rest, first = self._add(rest), self._add(first)
        if missing := [key for key in required if key not in named]:
            raise _refused(f"{place}.{missing[0]}", "required, but not among the properties")
        return first

    def _typed(self, schema: Schema, place: str) -> str:
        kinds = schema.get("type")
        if kinds is None:
            kinds = "object" if "properties" in schema else "array" if "items" in schema else _TYPES
        if not isinstance(kinds, str):
            return self._one_of([self._typed({**schema, "type": k}, place) for k in kinds], place)
        match kinds:
            case "string":
                return json_expressions.string(schema)
            case "integer" | "number":
                return json_expressions.number(schema, kinds)
            case "boolean" | "null":
                return kinds
            case "array":
                return self._array(schema, place)
            case "object":
                return self._object(schema, place)
        raise _refused(place, f"unknown type {kinds!r}")

    def _object(self, schema: Schema, place: str) -> str:
        if schema.get("properties"):
            inner = self.properties(
                schema,
                place,
                lambda key, part: (
                    f"{json_literal(key)} {literal(': ')} {self.value(part, f'{place}.{key}')}"
                ),
            )
            return f"{literal('{')} {inner} {literal('}')}"
        other = schema.get("additionalProperties", True)
        if other is False:
            return literal("{}")
        pair = f"string {literal(': ')} {self._add(self.value(other, f'{place}.*'))}"
        return f"{literal('{')} ({pair} ({literal(', ')} {pair})*)? {literal('}')}"

    def _array(self, schema: Schema, place: str) -> str:
        item = self._add(self.value(schema.get("items", True), f"{place}[]"))
        least, most = schema.get("minItems", 0), schema.get("maxItems")
        if most == 0:
            return literal("[]")
        more = json_expressions.repetition(
            f"({literal(', ')} {item})", max(least - 1, 0), None if most is None else most - 1
        )
        inner = f"{item} {more}" if least else f"({item} {more})?"
        return f"{literal('[')} {inner} {literal(']')}"

    def _combined(self, key: str, schemas: Sequence[Schema], place: str) -> str:
        if key == "allOf" and len(schemas) != 1:
            raise _refused(place, "'allOf' of several is not supported")
        return self._one_of([self._add(self.value(each, place)) for each in schemas], place)

    def _one_of(self, options: list[str], place: str) -> str:
        if not options:
            raise _refused(place, "nothing to choose from")
        return choice(options)

    def _reference(self, pointer: Any, place: str) -> str:
        if pointer not in self._references:
            name = self._references[pointer] = self._new_name()
            self._rules[name] = self.value(resolved(self._root, pointer, place), place)
        return self._references[pointer]

    def _add(self, expression: str) -> str:
        if expression.replace("-", "").isalnum():
            return expression
        name = self._new_name()
        self._rules[name] = expression
        return name

    def _new_name(self) -> str:
        name = f"{self._prefix}-{len(self._rules)}"
        self._rules[name] = ""
        return name

    def _check(self, schema: Any, place: str) -> None:
        if not isinstance(schema, Mapping):
            raise _refused(place, "not a schema")
        if unknown := sorted(_UNSUPPORTED.intersection(schema)):
            raise _refused(place, f"{unknown[0]!r} is not supported")


def resolved(root: Schema, pointer: Any, place: str) -> Any:
    """What a `$ref` within `root` points to. Raises `InferenceError`."""
    if not isinstance(pointer, str) or not pointer.startswith("#"):
        raise _refused(place, f"the reference {pointer!r} is not within the schema")
    found: Any = root
    for part in pointer[1:].split("/")[1:]:
        key = part.replace("~1", "/").replace("~0", "~")
        if not isinstance(found, Mapping) or key not in found:
            raise _refused(place, f"the reference {pointer!r} leads nowhere")
        found = found[key]
    return found


def _refused(place: str, reason: str) -> InferenceError:
    code = InferenceErrorCode.INVALID_REQUEST
    message = f"schema of {place}: {reason}"
    return InferenceError(code, message, detail={"reason": "tool_schema", "place": place})
