"""Hermes, Qwen2.5, Qwen3, Granite 4: `<tool_call>{"name": …, "arguments": {…}}</tool_call>`.

https://github.com/NousResearch/Hermes-Function-Calling
"""

from __future__ import annotations

from inference.text.tool_calls.call_format import CallFormat, CallGrammar
from inference.text.tool_calls.gbnf import json_call, literal
from inference.text.tool_calls.json_calls import json_calls
from inference.text.tool_calls.reader import Reader, Reading

OPEN = "<tool_call>"
CLOSE = "</tool_call>"


def _read(reader: Reader) -> Reading[None]:
    yield from reader.literal(OPEN)
    yield from reader.blank()
    yield from json_calls(reader)
    yield from reader.blank()
    yield from reader.literal(CLOSE)


HERMES = CallFormat(
    name="hermes",
    marks=((OPEN,),),
    starts="<",
    read=_read,
    trigger=lambda _: OPEN,
    grammar=CallGrammar(
        call=lambda tool, arguments: (
            f"{literal(OPEN + chr(10))} {json_call(tool, arguments)} {literal(chr(10) + CLOSE)}"
        ),
    ),
)
