"""A chat of Open WebUI's export: `chat.history.messages` is a tree, `currentId` the shown leaf.

The list of all chats wraps each in a row with its own dates; a single chat may have no row.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from chat.transfer.bounds import ImportBounds
from chat.transfer.chatgpt_node import NodeId
from chat.transfer.decoding import decode
from chat.transfer.json_reader import JsonReader
from chat.transfer.moments import RawMoment, parse_moment
from chat.transfer.nearest_shown import nearest_shown
from chat.transfer.open_webui_message import (
    OpenWebuiMessage,
    has_text,
    reasoning_of,
    role_of,
    text_of,
)
from chat.transfer.outline import Outline, OutlinedConversation
from chat.transfer.portable import PortableConversation, PortableMessage
from chat.transfer.refusal import reading
from chat.transfer.repair import repair


class _Heading(Struct):
    id: NodeId | None = None
    title: str | None = None
    system: str | None = None
    currentId: NodeId | None = None  # noqa: N815 - the file's name for it
    created_at: RawMoment = None
    updated_at: RawMoment = None
    timestamp: RawMoment = None
    archived: bool | None = None
    pinned: bool | None = None


@dataclass(slots=True)
class _Chat:
    heading: dict[str, Any] = field(default_factory=dict)
    parents: dict[str, str | None] = field(default_factory=dict)
    shown: list[Outline] = field(default_factory=list)


def conversation(reader: JsonReader, bounds: ImportBounds, place: str) -> OutlinedConversation:
    """Read the conversation at the reader's position. Raises `ChatError`."""
    began = reader.at
    chat = _Chat()
    with reading(place):
        _read(reader, bounds, place, chat)
        found = decode(msgspec.json.encode(chat.heading), _Heading)
    shown = nearest_shown(chat.parents, [one.id for one in chat.shown])
    tree = repair([replace(one, parent=shown.get(one.parent)) for one in chat.shown])
    leaf = shown.get(found.currentId)
    return OutlinedConversation(began, _named(found, chat, leaf), tree.messages, tree.count)


def message(text: bytes) -> PortableMessage:
    """A message that was outlined before, with its texts."""
    entry = decode(text, OpenWebuiMessage)
    role = role_of(entry)
    model = (entry.model or "")[:200] if role == "assistant" else ""
    return PortableMessage("-", role, text_of(entry), reasoning=reasoning_of(entry), model=model)


def _named(found: _Heading, chat: _Chat, leaf: str | None) -> PortableConversation:
    key = found.id or f"root-{next(iter(chat.parents), '')}"
    return PortableConversation(
        id=f"open-webui-{key}"[:200],
        title=found.title or "",
        system_prompt=found.system or "",
        archived=bool(found.archived),
        pinned=bool(found.pinned),
        leaf=leaf,
        created_at=parse_moment(found.created_at) or parse_moment(found.timestamp),
        updated_at=parse_moment(found.updated_at),
    )


def _read(reader: JsonReader, bounds: ImportBounds, place: str, chat: _Chat) -> None:
    """Read a row, the chat in it, or its history. The first of repeated fields counts."""
    for key in reader.members():
        if key in ("chat", "history"):
            _read(reader, bounds, f"{place}.{key}", chat)
        elif key == "messages" and place.endswith(".history"):
            with reading(f"{place}.{key}"):
                _read_messages(reader, bounds, f"{place}.{key}", chat)
        elif key in _Heading.__struct_fields__:
            text = reader.raw(bounds.message_size)
            bounds.check_message(len(text), f"{place}.{key}")
            if text not in (b"null", b'""'):
                chat.heading.setdefault(key, msgspec.Raw(text))
        else:
            reader.skip()


def _read_messages(reader: JsonReader, bounds: ImportBounds, place: str, chat: _Chat) -> None:
    for number, key in enumerate(reader.members(), 1):
        bounds.check_messages(number)
        with reading(f"{place}.{key[:100]}"):
            text = reader.raw(bounds.message_size)
            bounds.check_message(len(text), f"{place}.{key[:100]}")
            entry = decode(text, OpenWebuiMessage)
            msgspec.convert(key, NodeId)
        chat.parents.setdefault(key, entry.parentId)
        if has_text(entry):
            where = (reader.at - len(text), len(text))
            moment = parse_moment(entry.timestamp)
            chat.shown.append(Outline(key, role_of(entry), entry.parentId, moment, *where))
