"""Calls whose arguments stand one by one between tags; the values are text, not JSON.

Qwen3-Coder: `<tool_call>`, `<function=NAME>`, for each argument `<parameter=KEY>`, VALUE and
`</parameter>`, then `</function>`, `</tool_call>`, each on a line of its own. GLM-4.5:
`<tool_call>NAME`, for each argument the lines `<arg_key>KEY</arg_key>` and
`<arg_value>VALUE</arg_value>`, then `</tool_call>`. By the models' chat templates.
"""

from __future__ import annotations

from typing import Any

from inference.text.tool_calls.call_format import CallFormat, CallGrammar
from inference.text.tool_calls.formats.hermes import CLOSE, OPEN
from inference.text.tool_calls.gbnf import literal
from inference.text.tool_calls.plain_value import plain_value
from inference.text.tool_calls.reader import Mismatch, Reader, Reading


def _read_qwen(reader: Reader) -> Reading[None]:
    if (yield from reader.one_of((OPEN, "<function="))) == OPEN:
        yield from reader.blank()
        yield from reader.literal("<function=")
    yield from reader.name(">")
    arguments: dict[str, Any] = {}
    while True:
        yield from reader.blank()
        if (yield from reader.one_of(("<parameter=", "</function>"))) == "</function>":
            break
        key = (yield from reader.until(">")).strip()
        value = yield from reader.until("</parameter>")
        _add(reader, arguments, key, _one_line_break_less(value))
    reader.finish(arguments)
    yield from reader.blank()
    yield from reader.literal(CLOSE)


def _read_glm(reader: Reader) -> Reading[None]:
    yield from reader.literal(OPEN)
    reader.put_back((yield from reader.name("\n<")))
    arguments: dict[str, Any] = {}
    while True:
        yield from reader.blank()
        if (yield from reader.one_of(("<arg_key>", CLOSE))) == CLOSE:
            return reader.finish(arguments)
        key = (yield from reader.until("</arg_key>")).strip()
        yield from reader.blank()
        yield from reader.literal("<arg_value>")
        _add(reader, arguments, key, (yield from reader.until("</arg_value>")))


def _add(reader: Reader, arguments: dict[str, Any], key: str, text: str) -> None:
    if reader.begun is None or not key:
        raise Mismatch("an argument without a name")
    arguments[key] = plain_value(text, reader.begun.parameter(key))


def _one_line_break_less(text: str) -> str:
    return text.removeprefix("\n").removesuffix("\n")


QWEN_CODER = CallFormat(
    name="qwen_coder",
    marks=(("<function=", "<parameter="),),
    starts="<",
    read=_read_qwen,
    trigger=lambda _: f"{OPEN}\n<function=",
    grammar=CallGrammar(
        call=lambda tool, arguments: (
            f"{literal(f'{OPEN}{chr(10)}<function={tool.name}>{chr(10)}')} {arguments} "
            f"{literal(f'</function>{chr(10)}{CLOSE}')}"
        ),
        arguments="parameter",
    ),
)
GLM = CallFormat(
    name="glm",
    marks=(("<arg_key>", "<arg_value>"),),
    starts="<",
    read=_read_glm,
    trigger=lambda _: OPEN,
    grammar=CallGrammar(
        call=lambda tool, arguments: (
            f"{literal(f'{OPEN}{tool.name}{chr(10)}')} {arguments} {literal(CLOSE)}"
        ),
        arguments="arg_key",
    ),
)
