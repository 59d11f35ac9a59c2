"""Llama 3.1 to 4: `{"name": …, "parameters": {…}}` as the whole answer, or a Python list of calls.

https://www.llama.com/docs/model-cards-and-prompt-formats/
"""

from __future__ import annotations

from inference.text.tool_calls.call_format import CallFormat, CallGrammar
from inference.text.tool_calls.gbnf import json_call, literal
from inference.text.tool_calls.json_calls import json_call as read_call
from inference.text.tool_calls.python_calls import python_call
from inference.text.tool_calls.reader import Reader, Reading

_TAG = "<|python_tag|>"
_LIST_TAGS = ("<|python_start|>", "<|python_end|>")


def _read_json(reader: Reader) -> Reading[None]:
    if (yield from reader.peek()) == "<":
        yield from reader.literal(_TAG)
        yield from reader.blank()
    yield from read_call(reader)
    while True:
        yield from reader.blank()
        yield from reader.literal(";")
        yield from reader.blank()
        yield from read_call(reader)


def _read_list(reader: Reader) -> Reading[None]:
    tagged = (yield from reader.peek()) == "<"
    if tagged:
        yield from reader.literal(_LIST_TAGS[0])
        yield from reader.blank()
    yield from reader.literal("[")
    separator = ","
    while separator == ",":
        yield from reader.blank()
        yield from python_call(reader)
        yield from reader.blank()
        separator = yield from reader.one_of((",", "]"))
    if tagged:
        yield from reader.literal(_LIST_TAGS[1])


LLAMA_JSON = CallFormat(
    name="llama_json",
    marks=((_TAG,), ('"parameters"', "<|start_header_id|>")),
    starts="{<",
    read=_read_json,
    trigger=lambda name: f'{{"name": "{name}"',
    grammar=CallGrammar(
        call=lambda tool, arguments: json_call(tool, arguments, arguments_key="parameters"),
        between=literal("; "),
    ),
    only_first=True,
)
LLAMA_LIST = CallFormat(
    name="llama_list",
    marks=(("[func_name1(",), ("func_name1(params_name1",)),
    starts="[<",
    read=_read_list,
    trigger=lambda name: f"[{name}(",
    grammar=CallGrammar(
        opening=literal("["),
        call=lambda tool, arguments: f"{literal(tool.name + '(')} {arguments} {literal(')')}",
        between=literal(", "),
        closing=literal("]"),
        arguments="python",
    ),
    only_first=True,
)
