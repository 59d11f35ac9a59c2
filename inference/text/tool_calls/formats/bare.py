"""A call as JSON without any tag, as the whole answer begins with it."""

from __future__ import annotations

from inference.text.tool_calls.call_format import CallFormat, CallGrammar
from inference.text.tool_calls.gbnf import json_call
from inference.text.tool_calls.json_calls import certain_json_calls

BARE = CallFormat(
    name="bare",
    marks=(),
    starts="{[",
    read=certain_json_calls,
    trigger=lambda name: f'{{"name": "{name}"',
    grammar=CallGrammar(call=json_call),
    only_first=True,
)
