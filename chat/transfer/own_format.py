"""Our own JSON, read conversation by conversation. Its structs are in `chat.transfer.portable`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from chat.errors import ChatError, ErrorCode
from chat.transfer.bounds import ImportBounds
from chat.transfer.decoding import decode
from chat.transfer.json_reader import JsonReader
from chat.transfer.moments import from_datetime
from chat.transfer.outline import Outline, OutlinedConversation
from chat.transfer.portable import FORMAT, VERSION, PortableConversation, PortableMessage
from chat.transfer.refusal import reading, refused
from chat.transfer.repair import repair
from chat.transfer.skipped import Skipped, or_skipped

_HEADING = frozenset(PortableConversation.__struct_fields__) - {"messages"}


class _Header(Struct):
    format: str = ""
    version: int = 0


def conversations(
    reader: JsonReader, bounds: ImportBounds
) -> Iterator[OutlinedConversation | Skipped]:
    """All conversations of a file. Raises `ChatError`: `bad_import`, `unknown_import` or
    `import_too_long`, also after the last one, as the header may follow them.
    """
    header: dict[str, Any] = {}
    with reading("$"):
        for key in reader.members():
            if key == "conversations":
                header[key] = None
                yield from _elements(reader, bounds)
            elif key in ("format", "version"):
                header[key] = msgspec.Raw(reader.raw())
            else:
                reader.skip()
        reader.finish()
        _check(header)


def conversation(reader: JsonReader, bounds: ImportBounds, place: str) -> OutlinedConversation:
    """Read the conversation at the reader's position. Raises `ChatError`."""
    began = reader.at
    heading: dict[str, msgspec.Raw] = {}
    messages: list[Outline] = []
    wrong_dates = 0
    with reading(place):
        for key in reader.members():
            if key == "messages":
                for one, is_wrong in _messages(reader, bounds, f"{place}.messages"):
                    messages.append(one)
                    wrong_dates += is_wrong
                    bounds.check_messages(len(messages))
            elif key in _HEADING:
                text = reader.raw(bounds.message_size)
                bounds.check_message(len(text), f"{place}.{key}")
                heading[key] = msgspec.Raw(text)
            else:
                reader.skip()
        found = decode(msgspec.json.encode(heading), PortableConversation)
    moments = (from_datetime(found.created_at), from_datetime(found.updated_at))
    wrong_dates += _is_wrong(found.created_at, moments[0]) + _is_wrong(found.updated_at, moments[1])
    tree = repair(messages)
    dated = replace(found, created_at=moments[0], updated_at=moments[1])
    return OutlinedConversation(began, dated, tree.messages, tree.count + wrong_dates)


def message(text: bytes) -> PortableMessage:
    """A message that was outlined before, with its texts."""
    return decode(text, PortableMessage)


def _elements(reader: JsonReader, bounds: ImportBounds) -> Iterator[OutlinedConversation | Skipped]:
    for number in reader.elements():
        place = f"$.conversations[{number}]"
        yield or_skipped(reader, place, partial(conversation, reader, bounds, place))


def _messages(
    reader: JsonReader, bounds: ImportBounds, place: str
) -> Iterator[tuple[Outline, bool]]:
    """Each message, and whether its date cannot be stored."""
    for number in reader.elements():
        with reading(f"{place}[{number}]"):
            text = reader.raw(bounds.message_size)
            bounds.check_message(len(text), f"{place}[{number}]")
            found = message(text)
        moment = from_datetime(found.created_at)
        at = reader.at - len(text)
        outline = Outline(found.id, found.role, found.parent, moment, at, len(text))
        yield outline, _is_wrong(found.created_at, moment)


def _is_wrong(given: datetime | None, kept: datetime | None) -> bool:
    return given is not None and kept is None


def _check(header: dict[str, Any]) -> None:
    has_conversations = header.pop("conversations", ...) is None
    found = decode(msgspec.json.encode(header), _Header)
    if found.format != FORMAT:
        raise ChatError(ErrorCode.UNKNOWN_IMPORT)
    if found.version != VERSION:
        raise refused(f"`version` is {found.version}, known is {VERSION}")
    if not has_conversations:
        raise refused("Object missing required field `conversations`")
