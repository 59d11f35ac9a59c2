"""Kimi-K2, by its tool guide: the calls' ids name the tools, `functions.NAME:NUMBER`.

https://huggingface.co/moonshotai/Kimi-K2-Instruct/blob/main/docs/tool_call_guidance.md
"""

from __future__ import annotations

from inference.text.tool_calls.call_format import CallFormat, CallGrammar
from inference.text.tool_calls.gbnf import literal
from inference.text.tool_calls.json_calls import json_arguments
from inference.text.tool_calls.reader import Reader, Reading

_OPEN = "<|tool_calls_section_begin|>"
_CLOSE = "<|tool_calls_section_end|>"
_CALL = "<|tool_call_begin|>"
_ARGUMENTS = "<|tool_call_argument_begin|>"
_CALL_END = "<|tool_call_end|>"


def _read(reader: Reader) -> Reading[None]:
    yield from reader.literal(_OPEN)
    found = ""
    while found != _CLOSE:
        yield from reader.blank()
        found = yield from reader.one_of((_CALL, _CLOSE))
        if found == _CALL:
            yield from _call(reader)


def _call(reader: Reader) -> Reading[None]:
    name = (yield from reader.until(_ARGUMENTS)).strip()
    reader.begin(name.removeprefix("functions.").rpartition(":")[0] or name)
    yield from reader.blank()
    yield from json_arguments(reader)
    yield from reader.blank()
    yield from reader.literal(_CALL_END)


KIMI = CallFormat(
    name="kimi",
    marks=((_OPEN, _CALL),),
    starts="<",
    read=_read,
    trigger=lambda _: _OPEN,
    grammar=CallGrammar(
        opening=literal(_OPEN),
        call=lambda tool, arguments: (
            f"{literal(f'{_CALL}functions.{tool.name}:')} [0-9] "
            f"{literal(_ARGUMENTS)} {arguments} {literal(_CALL_END)}"
        ),
        between='""',
        closing=literal(_CLOSE),
    ),
)
