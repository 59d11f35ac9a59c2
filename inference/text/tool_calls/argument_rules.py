"""The grammar of a tool's arguments, in each of the ways they are written."""

from __future__ import annotations

from typing import Any

from inference.text.tool_calls.gbnf import choice, literal
from inference.text.tool_calls.json_expressions import text_without
from inference.text.tool_calls.json_schema_grammar import JsonSchemaGrammar
from inference.text.tool_calls.plain_value import is_text
from inference.text.tool_calls.tool import Tool

_TAGS = {
    "parameter": ("<parameter={}>\n", "\n</parameter>\n"),
    "arg_key": ("<arg_key>{}</arg_key>\n<arg_value>", "</arg_value>\n"),
    "python": ("{}=", ""),
}


def argument_rules(tool: Tool, how: str, rules: dict[str, str], prefix: str) -> str:
    """Adds `rules`, their names beginning with `prefix`; the expression for all arguments.

    `how` is `json`, for an object, or one of the ways in which each has its own tags. Raises
    `InferenceError` for a schema that is not supported.
    """
    grammar = JsonSchemaGrammar(tool.parameters, rules, prefix)
    if how == "json":
        schema = {"properties": {}, "additionalProperties": False, **tool.parameters}
        return grammar.value({**schema, "type": "object"}, tool.name)
    before, after = _TAGS[how]

    def one(key: str, schema: Any) -> str:
        place = f"{tool.name}.{key}"
        plain = how != "python" and isinstance(schema, dict) and is_text(schema)
        value = _plain(schema, after) if plain else grammar.value(schema, place)
        return f"{literal(before.format(key))} {value} {literal(after)}"

    separator = literal(", ") if how == "python" else '""'
    return grammar.properties(tool.parameters, tool.name, one, separator)


def _plain(schema: dict[str, Any], end: str) -> str:
    """Text as it is, of about its greatest length: `arguments.py` checks it."""
    values = schema.get("enum", [schema["const"]] if "const" in schema else [])
    if values:
        return choice([literal(value) for value in values])
    return text_without(end.strip(), schema.get("maxLength"))
