"""Mistral, by https://github.com/mistralai/mistral-common.

Tokenizers up to v7 write `[TOOL_CALLS][{"name": …, "arguments": {…}, "id": …}]`, later ones
`[TOOL_CALLS]NAME[ARGS]{…}`, with `[CALL_ID]…` before `[ARGS]` in some, once for each call.
"""

from __future__ import annotations

from inference.text.tool_calls.call_format import CallFormat, CallGrammar
from inference.text.tool_calls.gbnf import json_call, literal
from inference.text.tool_calls.json_calls import json_arguments, json_calls
from inference.text.tool_calls.reader import Reader, Reading

_OPEN = "[TOOL_CALLS]"
_ARGUMENTS = "[ARGS]"
_ID = "CALL_ID]"


def _read(reader: Reader) -> Reading[None]:
    yield from reader.literal(_OPEN)
    yield from reader.blank()
    if (yield from reader.peek()) in "[{":
        return (yield from json_calls(reader))
    yield from reader.name("[")
    if (yield from reader.one_of((_ID, "ARGS]"))) == _ID:
        yield from reader.until(_ARGUMENTS)
    yield from reader.blank()
    yield from json_arguments(reader)
    return None


MISTRAL_ARGS = CallFormat(
    name="mistral_args",
    marks=((_OPEN, _ARGUMENTS),),
    starts="[",
    read=_read,
    trigger=lambda _: _OPEN,
    grammar=CallGrammar(
        call=lambda tool, arguments: f"{literal(_OPEN + tool.name + _ARGUMENTS)} {arguments}",
        between='""',
    ),
)
MISTRAL = CallFormat(
    name="mistral",
    marks=((_OPEN,),),
    starts="[",
    read=_read,
    trigger=lambda _: _OPEN,
    grammar=CallGrammar(
        opening=literal(f"{_OPEN}["),
        call=json_call,
        between=literal(", "),
        closing=literal("]"),
    ),
)
