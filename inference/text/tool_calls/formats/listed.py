"""Models that write their calls as a JSON array after a marker, each by its chat template.

Phi-4-mini: `<|tool_call|>[{"name": …, "arguments": {…}}]<|/tool_call|>`, or `functools[…]`.
Granite 3: `<|tool_call|>[{"name": …, "arguments": {…}}]`.
Command R7B and Command A: `<|START_ACTION|>[{"tool_call_id": …, "tool_name": …, "parameters": {…}}]
<|END_ACTION|>`; Command R: `Action:` and a JSON code block of such an array.
"""

from __future__ import annotations

from inference.text.tool_calls.call_format import CallFormat, CallGrammar
from inference.text.tool_calls.gbnf import json_call, literal
from inference.text.tool_calls.json_calls import json_calls
from inference.text.tool_calls.reader import Reader, Reading
from inference.text.tool_calls.tool import Tool

_TOOL_CALL = "<|tool_call|>"
_PHI_END = "<|/tool_call|>"
_FUNCTOOLS = "functools"
_ACTION = "<|START_ACTION|>"
_ACTION_END = "<|END_ACTION|>"
_COMMAND = "Action:"
_FENCE = "```json\n"


def _read_phi(reader: Reader) -> Reading[None]:
    opening = yield from reader.one_of((_TOOL_CALL, _FUNCTOOLS))
    yield from _array(reader)
    if opening == _TOOL_CALL:
        yield from reader.blank()
        yield from reader.literal(_PHI_END)


def _read_granite(reader: Reader) -> Reading[None]:
    yield from reader.one_of((_TOOL_CALL, "<tool_call>"))
    yield from _array(reader)


def _read_action(reader: Reader) -> Reading[None]:
    yield from reader.literal(_ACTION)
    yield from _array(reader)
    yield from reader.blank()
    yield from reader.literal(_ACTION_END)


def _read_command(reader: Reader) -> Reading[None]:
    yield from reader.literal(_COMMAND)
    yield from reader.blank()
    yield from reader.literal(_FENCE)
    yield from _array(reader)
    yield from reader.blank()
    yield from reader.literal("```")


def _array(reader: Reader) -> Reading[None]:
    yield from reader.blank()
    yield from json_calls(reader)


def _cohere_call(tool: Tool, arguments: str) -> str:
    return json_call(tool, arguments, name_key="tool_name", arguments_key="parameters")


def _array_grammar(opening: str, closing: str = "") -> CallGrammar:
    return CallGrammar(
        opening=literal(f"{opening}["),
        call=json_call,
        between=literal(", "),
        closing=literal(f"]{closing}"),
    )


PHI = CallFormat(
    name="phi",
    marks=((_TOOL_CALL, _PHI_END), ("<|tool|>", "<|/tool|>"), (_FUNCTOOLS,)),
    starts="<f",
    read=_read_phi,
    trigger=lambda _: _TOOL_CALL,
    grammar=_array_grammar(_TOOL_CALL, _PHI_END),
)
GRANITE = CallFormat(
    name="granite",
    marks=((_TOOL_CALL,),),
    starts="<",
    read=_read_granite,
    trigger=lambda _: _TOOL_CALL,
    grammar=_array_grammar(_TOOL_CALL),
)
COMMAND_R7B = CallFormat(
    name="command_r7b",
    marks=((_ACTION,),),
    starts="<",
    read=_read_action,
    trigger=lambda _: _ACTION,
    grammar=CallGrammar(
        opening=literal(f"{_ACTION}["),
        call=_cohere_call,
        between=literal(", "),
        closing=literal(f"]{_ACTION_END}"),
    ),
)
COMMAND_R = CallFormat(
    name="command_r",
    marks=((_COMMAND, "tool_name", "```json"),),
    starts="A",
    read=_read_command,
    trigger=lambda _: f"{_COMMAND} {_FENCE}",
    grammar=CallGrammar(
        opening=literal(f"{_COMMAND} {_FENCE}["),
        call=_cohere_call,
        between=literal(", "),
        closing=literal("]\n```"),
    ),
)
