"""A call as a JSON code block, as small models write it whatever their template asks for."""

from __future__ import annotations

from inference.text.tool_calls.call_format import CallFormat, CallGrammar
from inference.text.tool_calls.gbnf import json_call, literal
from inference.text.tool_calls.json_calls import json_calls
from inference.text.tool_calls.reader import Reader, Reading

_FENCE = "```"


def _read(reader: Reader) -> Reading[None]:
    yield from reader.one_of((f"{_FENCE}json\n", f"{_FENCE}\n"))
    yield from reader.blank()
    yield from json_calls(reader)
    yield from reader.blank()
    yield from reader.literal(_FENCE)


FENCED = CallFormat(
    name="fenced",
    marks=(),
    starts="`",
    read=_read,
    trigger=lambda name: f'{_FENCE}json\n{{"name": "{name}"',
    grammar=CallGrammar(
        call=lambda tool, arguments: (
            f"{literal(f'{_FENCE}json{chr(10)}')} {json_call(tool, arguments)} "
            f"{literal(chr(10) + _FENCE)}"
        ),
    ),
)
