"""The grammar of the JSON that a schema describes.

It may allow more than the schema: bounds of numbers and `multipleOf` are left to `arguments.py`,
and what stands beside `$ref`, `enum`, `const`, `anyOf`, `oneOf` or `allOf` is not held. It may
allow less: properties come in the schema's order, and none is added to those it names; numbers
have no exponents. `pattern`, `format`, `uniqueItems` and annotations are not considered.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from inference.text.tool_calls import json_expressions
from inference.text.tool_calls.gbnf import choice, json_literal, literal
from inference.text.tool_calls.grammar_rules import GrammarRules
from inference.text.tool_calls.schema_reference import resolved
from inference.text.tool_calls.schema_support import check_supported, refused
from inference.text.tool_calls.tool import Schema

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
        self._rules = GrammarRules(rules, prefix)
        self._references: dict[str, str] = {}
        self._open: list[str] = []
        rules.update(json_expressions.RULES)

    def value(self, schema: Any, place: str) -> str:
        """The expression for a value by this schema."""
        if schema is True or schema == {}:
            return "value"
        check_supported(schema, place)
        if "$ref" in schema:
            return self._reference(schema["$ref"], place)
        if "const" in schema:
            return json_literal(schema["const"])
        if "enum" in schema:
            return self._one_of([json_literal(each) for each in schema["enum"]], place)
        for key in ("anyOf", "oneOf", "allOf"):
            if key in schema:
                return self._combined(key, schema[key], place)
        outer, self._open = self._open, []
        expression = self._typed(schema, place)
        self._open = outer
        return expression

    def properties(self, schema: Schema, place: str, one: Property, separator: str = '", "') -> str:
        """The properties of an object in their order, those not required perhaps left out."""
        named = schema.get("properties", {})
        required = schema.get("required", ())
        rest, first = '""', '""'
        for key in reversed(named):
            item = self._rules.add(one(key, named[key]))
            if key in required:
                rest, first = f"{separator} {item} {rest}", f"{item} {rest}"
            else:
                rest, first = f"({separator} {item})? {rest}", f"({item} {rest} | {first})"
            rest, first = self._rules.add(rest), self._rules.add(first)
        if missing := [key for key in required if key not in named]:
            raise refused(f"{place}.{missing[0]}", "required, but not among the properties")
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
        raise refused(place, f"unknown type {kinds!r}")

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
        pair = f"string {literal(': ')} {self._rules.add(self.value(other, f'{place}.*'))}"
        return f"{literal('{')} ({pair} ({literal(', ')} {pair})*)? {literal('}')}"

    def _array(self, schema: Schema, place: str) -> str:
        item = self._rules.add(self.value(schema.get("items", True), f"{place}[]"))
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
            raise refused(place, "'allOf' of several is not supported")
        return self._one_of([self._rules.add(self.value(each, place)) for each in schemas], place)

    def _one_of(self, options: list[str], place: str) -> str:
        if not options:
            raise refused(place, "nothing to choose from")
        return choice(options)

    def _reference(self, pointer: Any, place: str) -> str:
        if pointer in self._open:
            raise refused(place, f"the reference {pointer!r} is a value of itself")
        if pointer not in self._references:
            name = self._references[pointer] = self._rules.reserve()
            self._open.append(pointer)
            self._rules.define(name, self.value(resolved(self._root, pointer, place), place))
            self._open.pop()
        return self._references[pointer]
