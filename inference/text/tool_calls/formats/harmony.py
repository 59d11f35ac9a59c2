"""gpt-oss: a message on the commentary channel whose recipient is a function.

`<|channel|>commentary to=functions.NAME <|constrain|>json<|message|>{…}<|call|>`; the recipient may
stand before the channel too: `to=functions.NAME<|channel|>commentary json<|message|>{…}<|call|>`.
https://github.com/openai/harmony/blob/main/docs/format.md
"""

from __future__ import annotations

from inference.text.tool_calls.call_format import CallFormat, CallGrammar
from inference.text.tool_calls.gbnf import literal
from inference.text.tool_calls.json_calls import json_arguments
from inference.text.tool_calls.reader import Reader, Reading

_START = "<|start|>assistant"
_CHANNEL = "<|channel|>"
_MESSAGE = "<|message|>"
_TO = "to=functions."


def _read(reader: Reader) -> Reading[None]:
    if (yield from reader.one_of((_START, _CHANNEL))) == _START:
        yield from reader.blank()
        if (yield from reader.one_of((_CHANNEL, _TO))) == _CHANNEL:
            yield from _channel(reader)
        else:
            yield from _named(reader)
    else:
        yield from _channel(reader)
    yield from reader.until(_MESSAGE)
    yield from reader.blank()
    yield from json_arguments(reader)
    yield from reader.blank()
    yield from reader.literal("<|call|>")


def _channel(reader: Reader) -> Reading[None]:
    yield from reader.one_of(("commentary", "analysis"))
    yield from reader.blank()
    yield from reader.literal(_TO)
    yield from _named(reader)


def _named(reader: Reader) -> Reading[None]:
    reader.put_back((yield from reader.name(" <")))


HARMONY = CallFormat(
    name="harmony",
    marks=((_CHANNEL, _MESSAGE, "commentary"),),
    starts="<",
    read=_read,
    trigger=lambda _: f"{_CHANNEL}commentary {_TO}",
    grammar=CallGrammar(
        call=lambda tool, arguments: (
            f"{literal(f'{_CHANNEL}commentary {_TO}{tool.name} <|constrain|>json{_MESSAGE}')} "
            f"{arguments} {literal('<|call|>')}"
        ),
        between=literal(_START),
    ),
)
