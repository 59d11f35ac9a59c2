"""An argument's value where it is written as text, without JSON's quotation marks."""

from __future__ import annotations

import json
from typing import Any

from inference.text.tool_calls.tool import Schema


def is_text(schema: Schema) -> bool:
    """Whether a value by this schema is a string, written as it is."""
    values = schema.get("enum", [schema["const"]] if "const" in schema else [])
    if values:
        return all(isinstance(value, str) for value in values)
    return schema.get("type") == "string"


def plain_value(text: str, schema: Schema) -> Any:
    """The text itself where the schema asks for a string; else JSON, if it is any."""
    if is_text(schema):
        return text
    try:
        value = json.loads(text.strip(), parse_constant=_no_constant)
        json.dumps(value, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        return {"True": True, "False": False, "None": None}.get(text.strip(), text)
    return value


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON")
