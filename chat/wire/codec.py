"""Encodes and decodes frames. Invalid frames only raise `ChatError`, so that the connection can
send an error and stay open.
"""

from __future__ import annotations

import re
import typing
from typing import Any

import msgspec
from msgspec import UNSET, Struct, UnsetType

from chat.errors import ChatError, ErrorCode
from chat.text.storable import whole_json
from chat.wire.protocol import (
    ClientFrame,
    Options,
    Regenerate,
    Send,
    ServerFrame,
    ShortMessage,
    TypedClientFrame,
)


class _Envelope(Struct, frozen=True):
    type: str | UnsetType = UNSET
    message: str | UnsetType = UNSET


_Misplaced = msgspec.defstruct("_Misplaced", [(n, Any, UNSET) for n in Options.__struct_fields__])

_ENVELOPE = msgspec.json.Decoder(_Envelope)
_MISPLACED: msgspec.json.Decoder[Struct] = msgspec.json.Decoder(_Misplaced)
_TYPED: msgspec.json.Decoder[TypedClientFrame] = msgspec.json.Decoder(TypedClientFrame)
_SHORT = msgspec.json.Decoder(ShortMessage)
_ENCODER = msgspec.json.Encoder()
_UNKNOWN_OPTION = re.compile(r"unknown field `(?P<name>.*)` - at `\$\.options`", re.DOTALL)
_CLIENT_TYPES = frozenset(
    str(struct.__struct_config__.tag) for struct in typing.get_args(TypedClientFrame)
)


def parse(text: str) -> ClientFrame:
    """Decode a client frame; lone surrogates in it become U+FFFD.

    Raises `ChatError` with `bad_json`, `bad_frame`, `unknown_frame` or `bad_field`.
    """
    try:
        return _parse(whole_json(text))
    except msgspec.ValidationError as error:
        raise refusal_of(str(error)) from None
    except (msgspec.DecodeError, RecursionError, UnicodeError):
        raise ChatError(ErrorCode.BAD_JSON) from None


def encode(frame: ServerFrame) -> str:
    """The frame as compact JSON; non-ASCII text is not escaped, which keeps Chinese short."""
    return _ENCODER.encode(frame).decode()


def _parse(text: str) -> ClientFrame:
    envelope = _ENVELOPE.decode(text)
    if isinstance(envelope.type, str):
        if envelope.type not in _CLIENT_TYPES:
            raise ChatError(ErrorCode.UNKNOWN_FRAME, type=envelope.type[:64])
        return _with_options_in_place(_TYPED.decode(text), text)
    if isinstance(envelope.message, str):
        return _with_options_in_place(_SHORT.decode(text), text)
    raise ChatError(ErrorCode.BAD_FIELD, reason="`type` or `message` is missing")


def _with_options_in_place(frame: ClientFrame, text: str) -> ClientFrame:
    """Raises `ChatError` for an option beside `options`: as an unknown field it would be ignored
    silently.
    """
    if not isinstance(frame, Send | Regenerate | ShortMessage):
        return frame
    beside = _MISPLACED.decode(text)
    for name in Options.__struct_fields__:
        if getattr(beside, name) is not UNSET:
            reason = f"`$.{name}` → `$.options.{name}`"
            raise ChatError(ErrorCode.BAD_FIELD, reason=reason)
    return frame


def refusal_of(reason: str) -> ChatError:
    """The error for a message of msgspec about a frame, or a body with `options`."""
    if reason.startswith("Expected `object`") and " - at " not in reason:
        return ChatError(ErrorCode.BAD_FRAME)
    if unknown := _UNKNOWN_OPTION.search(reason):
        return ChatError(ErrorCode.BAD_FIELD, reason=_unknown_option(unknown["name"]))
    return ChatError(ErrorCode.BAD_FIELD, reason=reason)


def _unknown_option(name: str) -> str:
    """The reason, with the name and the known options, without words of a language."""
    return f"`{name[:64]}` - at `$.options` ∉ {{{', '.join(Options.__struct_fields__)}}}"
