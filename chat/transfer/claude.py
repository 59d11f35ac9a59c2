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
from chat.transfer.claude_message import ClaudeMessage, role_of, speaks, thoughts, words
from chat.transfer.decoding import decode
from chat.transfer.json_reader import JsonReader
from chat.transfer.moments import RawMoment, parse_moment
from chat.transfer.outline import Outline, OutlinedConversation
from chat.transfer.portable import PortableConversation, PortableMessage
from chat.transfer.refusal import reading
from chat.transfer.repair import repair
from chat.transfer.spoken import nearest_spoken

_ROOT = "00000000-0000-4000-8000-000000000000"


class _Heading(Struct):
    uuid: NodeId = ""
    name: str | None = None
    created_at: RawMoment = None
    updated_at: RawMoment = None


@dataclass(slots=True)
class _Told:
    """All messages' parents, and those that say something."""

    parents: dict[str, str | None] = field(default_factory=dict)
    spoken: list[Outline] = field(default_factory=list)
    last: str | None = None


def conversation(reader: JsonReader, bounds: ImportBounds, place: str) -> OutlinedConversation:
    """The one that the reader stands before. Raises `ChatError`."""
    began = reader.at
    heading: dict[str, Any] = {}
    told = _Told()
    with reading(place):
        for key in reader.members():
            if key == "chat_messages":
                with reading(f"{place}.{key}"):
                    _read_messages(reader, bounds, f"{place}.{key}", told)
            elif key in _Heading.__struct_fields__:
                text = reader.raw(bounds.message_size)
                bounds.check_message(len(text), f"{place}.{key}")
                heading[key] = msgspec.Raw(text)
            else:
                reader.skip()
        found = decode(msgspec.json.encode(heading), _Heading)
    return _outlined(began, found, told)


def message(text: bytes) -> PortableMessage:
    """One that was read before, with its texts."""
    said = decode(text, ClaudeMessage)
    return PortableMessage("-", role_of(said), words(said), reasoning=thoughts(said))


def _outlined(began: int, found: _Heading, told: _Told) -> OutlinedConversation:
    key = found.uuid or f"root-{next(iter(told.parents), '')}"
    heading = PortableConversation(
        id=f"claude-{key}"[:200],
        title=found.name or "",
        created_at=parse_moment(found.created_at),
        updated_at=parse_moment(found.updated_at),
    )
    tree = repair(_with_spoken_parents(told))
    return OutlinedConversation(began, heading, tree.messages, tree.count)


def _with_spoken_parents(told: _Told) -> Sequence[Outline]:
    spoken = nearest_spoken(told.parents, [one.id for one in told.spoken])
    return [replace(one, parent=spoken.get(one.parent)) for one in told.spoken]


def _read_messages(reader: JsonReader, bounds: ImportBounds, place: str, told: _Told) -> None:
    for number in reader.elements():
        bounds.check_messages(number + 1)
        with reading(f"{place}[{number}]"):
            text = reader.raw(bounds.message_size)
            bounds.check_message(len(text), f"{place}[{number}]")
            said = decode(text, ClaudeMessage)
        _add(told, said, number, (reader.at - len(text), len(text)))


def _add(told: _Told, said: ClaudeMessage, number: int, where: tuple[int, int]) -> None:
    key = said.uuid or f"message-{number}"
    parent = told.last if said.parent_message_uuid is None else said.parent_message_uuid
    parent = None if parent == _ROOT else parent
    told.parents.setdefault(key, parent)
    told.last = key
    if speaks(said):
        moment = parse_moment(said.created_at)
        told.spoken.append(Outline(key, role_of(said), parent, moment, *where))
