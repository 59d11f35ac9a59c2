"""The protocol's structs, grouped for readers of the reference."""

from __future__ import annotations

import typing

from msgspec import Struct

from chat.wire import protocol

CLIENT: tuple[type[Struct], ...] = (
    *typing.get_args(protocol.TypedClientFrame),
    protocol.ShortMessage,
)
SERVER: tuple[type[Struct], ...] = typing.get_args(protocol.ServerFrame)
PARTS: tuple[type[Struct], ...] = (
    protocol.Options,
    protocol.ResponseFormat,
    protocol.NamedSchema,
    protocol.Model,
    protocol.ModelDownload,
    protocol.OptionRule,
    protocol.Limits,
    protocol.Usage,
    protocol.Timings,
)
_CHOSEN = {protocol.Options, protocol.ResponseFormat, protocol.NamedSchema}
SENT_WHOLE = frozenset({*SERVER, *PARTS}) - {protocol.Error, *_CHOSEN}
"""Structs the server writes with every field; of the others, defaults may be left out."""


def tag(struct: type[Struct]) -> str | None:
    """The value of `type` on the wire; None for a part and for the short form."""
    found = struct.__struct_config__.tag
    return None if found is None else str(found)
