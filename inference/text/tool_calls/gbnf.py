"""Text in llama.cpp's grammar format, GBNF.

https://github.com/ggml-org/llama.cpp/blob/master/grammars/README.md
"""

from __future__ import annotations

import json

from inference.text.tool_calls.tool import Tool


def literal(text: str) -> str:
    """The expression for exactly this text."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    for char, written in (("\n", "\\n"), ("\r", "\\r"), ("\t", "\\t")):
        escaped = escaped.replace(char, written)
    return f'"{escaped}"'


def json_literal(value: object) -> str:
    """The expression for this value as JSON."""
    return literal(json.dumps(value, ensure_ascii=False))


def choice(options: list[str]) -> str:
    """One of these expressions."""
    return options[0] if len(options) == 1 else f"({' | '.join(options)})"


def json_call(
    tool: Tool, arguments: str, name_key: str = "name", arguments_key: str = "arguments"
) -> str:
    """The expression for a call as a JSON object."""
    name = literal(f'{{"{name_key}": {json.dumps(tool.name, ensure_ascii=False)}, ')
    key = literal(f'"{arguments_key}": ')
    return f"{name} {key} {arguments} {literal('}')}"


def wrapped(before: str, after: str = "") -> tuple[str, str]:
    """The expressions for what stands around something."""
    return literal(before), literal(after)
