"""The expressions of a grammar for strings and numbers of JSON."""

from __future__ import annotations

from inference.text.tool_calls.tool import Schema

RULES = {
    "char": r'[^"\\\x00-\x1F\x7F] | "\\" (["\\bfnrt] | "u" [0-9a-cA-C] [0-9a-fA-F]{3})',
    "string": r'"\"" char* "\""',
    "integer": '"-"? ("0" | [1-9] [0-9]{0,15})',
    "number": 'integer ("." [0-9]{1,15})?',
    "boolean": '"true" | "false"',
    "null": '"null"',
    "array": '"[" (value (", " value)*)? "]"',
    "object": r'"{" (string ": " value (", " string ": " value)*)? "}"',
    "value": "object | array | string | number | boolean | null",
}
"""Values of any JSON, a space after commas and colons, and no other white space: a small model
would go on with it for ever. No exponents: JSON's may exceed what a double holds.
"""
_LONGEST_REPETITION = 1_000
"""llama.cpp refuses a grammar with much longer ones."""


def repetition(expression: str, least: int, most: int | None) -> str:
    """So many of them; an upper bound that is too large for a grammar is left out."""
    least = min(least, _LONGEST_REPETITION)
    if most is None or most > _LONGEST_REPETITION:
        return f"{expression}*" if not least else f"{expression}{{{least},}}"
    return f"{expression}{{{least},{max(most, least)}}}"


def string(schema: Schema) -> str:
    """A string of a bounded length."""
    least, most = schema.get("minLength", 0), schema.get("maxLength")
    if not least and most is None:
        return "string"
    return f'"\\"" {repetition("char", least, most)} "\\""'


def number(schema: Schema, rule: str) -> str:
    """A number with as many digits as its bounds have, if it has both, and their signs."""
    lowest = schema.get("minimum", schema.get("exclusiveMinimum"))
    highest = schema.get("maximum", schema.get("exclusiveMaximum"))
    if lowest is None or highest is None:
        return rule
    digits = len(str(int(max(abs(lowest), abs(highest)))))
    sign = '"-"? ' if lowest < 0 else ""
    fraction = ' ("." [0-9]{1,15})?' if rule == "number" else ""
    return f'{sign}("0" | [1-9] [0-9]{{0,{digits - 1}}}){fraction}'


def text_without(end: str, most: int | None = None) -> str:
    """Text that does not contain `end`, whose first character occurs in it once. `most` bounds its
    length but for runs of that character.
    """
    first = _escaped(end[0])
    inner = ""
    for char in reversed(end[1:]):
        escaped = _escaped(char)
        following = f' | "{escaped}" ({inner})' if inner else ""
        inner = f"[^{escaped}{first}]{following}"
    return repetition(f'([^{first}] | "{first}"+ ({inner}))', 0, most)


def _escaped(char: str) -> str:
    return f"\\{char}" if char in '\\"]' else char
