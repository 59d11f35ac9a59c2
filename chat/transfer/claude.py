"""A conversation of claude.ai's data export: `conversations.json` with `chat_messages`.

Newer exports name each message's parent, all zeros for the first; in older ones each message
follows the one before it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from chat.transfer.bounds import ImportBounds
from chat.transfer.chatgpt_node import NodeId
from chat.transfer.claude_message import ClaudeMessage, has_text, reasoning_of, role_of, text_of
from chat.transfer.decoding import decode
from chat.transfer.json_reader import JsonReader
from chat.transfer.moments import RawMoment, parse_moment
from chat.transfer.nearest_shown import nearest_shown
from chat.transfer.outline import Outline, OutlinedConversation
from chat.transfer.portable import PortableConversation, PortableMessage
from chat.transfer.refusal import reading
from chat.transfer.repair import repair

_ROOT = "00000000-0000-4000-8000-000000000000"


class _Heading(Struct):
    uuid: NodeId = ""
    name: str | None = None
    created_at: RawMoment = None
    updated_at: RawMoment = None


@dataclass(slots=True)
class _Chat:
    """The parents of all messages, and the messages with text."""

    parents: dict[str, str | None] = field(default_factory=dict)
    shown: list[Outline] = field(default_factory=list)
    last: str | None = None


def conversation(reader: JsonReader, bounds: ImportBounds, place: str) -> OutlinedConversation:
    """Read the conversation at the reader's position. Raises `ChatError`."""
    began = reader.at
    heading: dict[str, Any] = {}
    chat = _Chat()
    with reading(place):
        for key in reader.members():
            if key == "chat_messages":
                with reading(f"{place}.{key}"):
                    _read_messages(reader, bounds, f"{place}.{key}", chat)
            elif key in _Heading.__struct_fields__:
                text = reader.raw(bounds.message_size)
                bounds.check_message(len(text), f"{place}.{key}")
                heading[key] = msgspec.Raw(text)
            else:
                reader.skip()
        found = decode(msgspec.json.encode(heading), _Heading)
    return _outlined(began, found, chat)


def message(text: bytes) -> PortableMessage:
    """A message that was outlined before, with its texts."""
    entry = decode(text, ClaudeMessage)
    return PortableMessage("-", role_of(entry), text_of(entry), reasoning=reasoning_of(entry))


def _outlined(began: int, found: _Heading, chat: _Chat) -> OutlinedConversation:
    key = found.uuid or f"root-{next(iter(chat.parents), '')}"
    heading = PortableConversation(
        id=f"claude-{key}"[:200],
        title=found.name or "",
        created_at=parse_moment(found.created_at),
        updated_at=parse_moment(found.updated_at),
    )
    tree = repair(_with_shown_parents(chat))
    return OutlinedConversation(began, heading, tree.messages, tree.count)


def _with_shown_parents(chat: _Chat) -> Sequence[Outline]:
    shown = nearest_shown(chat.parents, [one.id for one in chat.shown])
    return [replace(one, parent=shown.get(one.parent)) for one in chat.shown]


def _read_messages(reader: JsonReader, bounds: ImportBounds, place: str, chat: _Chat) -> None:
    for number in reader.elements():
        bounds.check_messages(number + 1)
        with reading(f"{place}[{number}]"):
            text = reader.raw(bounds.message_size)
            bounds.check_message(len(text), f"{place}[{number}]")
            entry = decode(text, ClaudeMessage)
        _add(chat, entry, number, (reader.at - len(text), len(text)))


def _add(chat: _Chat, entry: ClaudeMessage, number: int, where: tuple[int, int]) -> None:
    key = entry.uuid or f"message-{number}"
    parent = chat.last if entry.parent_message_uuid is None else entry.parent_message_uuid
    parent = None if parent == _ROOT else parent
    chat.parents.setdefault(key, parent)
    chat.last = key
    if has_text(entry):
        moment = parse_moment(entry.created_at)
        chat.shown.append(Outline(key, role_of(entry), parent, moment, *where))
