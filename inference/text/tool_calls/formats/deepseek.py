"""DeepSeek, by its chat templates.

V3 and R1 write `<｜tool▁call▁begin｜>function<｜tool▁sep｜>NAME`, the arguments as a JSON code
block and `<｜tool▁call▁end｜>`; V3.1 and later `<｜tool▁call▁begin｜>NAME<｜tool▁sep｜>{…}` and
`<｜tool▁call▁end｜>`. All calls stand between `<｜tool▁calls▁begin｜>` and `<｜tool▁calls▁end｜>`.
"""

from __future__ import annotations

from inference.text.tool_calls.call_format import CallFormat, CallGrammar
from inference.text.tool_calls.gbnf import literal
from inference.text.tool_calls.json_calls import json_arguments
from inference.text.tool_calls.reader import Reader, Reading

_OPEN = "<｜tool▁calls▁begin｜>"
_CLOSE = "<｜tool▁calls▁end｜>"
_CALL = "<｜tool▁call▁begin｜>"
_SEPARATOR = "<｜tool▁sep｜>"
_CALL_END = "<｜tool▁call▁end｜>"
_TYPE = f"function{_SEPARATOR}"
_FENCE = "```json\n"
_FENCE_END = "\n```"


def _read(reader: Reader) -> Reading[None]:
    yield from reader.literal(_OPEN)
    found = ""
    while found != _CLOSE:
        yield from reader.blank()
        found = yield from reader.one_of((_CALL, _CLOSE))
        if found == _CALL:
            yield from _call(reader)


def _call(reader: Reader) -> Reading[None]:
    head = yield from reader.until(_SEPARATOR)
    if head == "function" and "function" not in reader.tools:
        yield from reader.name("\n")
        yield from reader.literal(_FENCE)
        yield from json_arguments(reader)
        yield from reader.blank()
        yield from reader.literal("```")
    else:
        reader.begin(head.strip())
        yield from reader.blank()
        yield from json_arguments(reader)
    yield from reader.blank()
    yield from reader.literal(_CALL_END)


DEEPSEEK_V3 = CallFormat(
    name="deepseek_v3",
    marks=((_OPEN, _SEPARATOR, "```json"),),
    starts="<",
    read=_read,
    trigger=lambda _: _OPEN,
    grammar=CallGrammar(
        opening=literal(_OPEN),
        call=lambda tool, arguments: (
            f"{literal(f'{_CALL}{_TYPE}{tool.name}{chr(10)}{_FENCE}')} {arguments} "
            f"{literal(_FENCE_END + _CALL_END)}"
        ),
        closing=literal(_CLOSE),
    ),
)
DEEPSEEK_V31 = CallFormat(
    name="deepseek_v31",
    marks=((_OPEN, _SEPARATOR),),
    starts="<",
    read=_read,
    trigger=lambda _: _OPEN,
    grammar=CallGrammar(
        opening=literal(_OPEN),
        call=lambda tool, arguments: (
            f"{literal(_CALL + tool.name + _SEPARATOR)} {arguments} {literal(_CALL_END)}"
        ),
        between='""',
        closing=literal(_CLOSE),
    ),
)
