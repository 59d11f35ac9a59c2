"""LobeHub's (LobeChat's) exports: all messages in one list, each with the topic it is of.

A backup has them under `data` or, of versions with a database in the browser, under `state`; a
topic exported alone has `messages`, as an object with `exportedAt` or as a bare list.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from chat.transfer.bounds import ImportBounds
from chat.transfer.chatgpt_node import NodeId
from chat.transfer.decoding import decode
from chat.transfer.json_reader import JsonReader
from chat.transfer.lobehub_message import (
    LobeMessage,
    model_of,
    moment_of,
    role_of,
    speaks,
    thoughts,
    words,
)
from chat.transfer.outline import Outline, OutlinedConversation
from chat.transfer.portable import PortableConversation, PortableMessage
from chat.transfer.refusal import reading
from chat.transfer.repair import repair

_START = datetime(1970, 1, 1, tzinfo=UTC)


class _Topic(Struct):
    id: NodeId
    title: str | None = None


@dataclass(slots=True)
class _Told:
    """Messages by the conversation they are of, and the titles of topics; `unreadable` messages
    are left out.
    """

    count: int = 0
    title: str = ""
    messages: defaultdict[str, list[Outline]] = field(default_factory=lambda: defaultdict(list))
    topics: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    unreadable: int = 0


def conversations(reader: JsonReader, bounds: ImportBounds) -> Iterator[OutlinedConversation]:
    """All of a file. They stand scattered in it, so each is told whole.

    Raises `ChatError` with `bad_import` or `import_too_long`.
    """
    told = _Told()
    with reading("$"):
        if reader.is_array():
            _read_messages(reader, bounds, "$", told)
        else:
            _read(reader, bounds, "$", told)
        reader.finish()
    for key, messages in told.messages.items():
        yield _outlined(key, messages, told)


def conversation(reader: JsonReader, bounds: ImportBounds, place: str) -> OutlinedConversation:
    """None stands alone in such a file."""
    raise NotImplementedError


def message(text: bytes) -> PortableMessage:
    """One that was read before, with its texts."""
    said = decode(text, LobeMessage)
    role = role_of(said)
    model = model_of(said) if role == "assistant" else ""
    return PortableMessage("-", role, words(said), reasoning=thoughts(said), model=model)


def _outlined(key: str, messages: Sequence[Outline], told: _Told) -> OutlinedConversation:
    title = told.names.get(told.topics.get(key, ""), "") or told.title
    heading = PortableConversation(
        id=f"lobehub-{key or messages[0].id}"[:200],
        title=title,
        created_at=messages[0].created_at,
        updated_at=messages[-1].created_at,
    )
    tree = repair(_in_a_row(messages))
    repaired, told.unreadable = tree.count + told.unreadable, 0
    return OutlinedConversation(None, heading, tree.messages, repaired)


def _in_a_row(messages: Sequence[Outline]) -> list[Outline]:
    """By their dates; an answer follows the question that it names, all others the one before."""
    ordered = sorted(messages, key=lambda one: one.created_at or _START)
    before: str | None = None
    known: set[str] = set()
    made: list[Outline] = []
    for one in ordered:
        named = one.parent if one.role == "assistant" and one.parent in known else before
        made.append(replace(one, parent=named))
        known.add(one.id)
        before = one.id
    return made


def _read(reader: JsonReader, bounds: ImportBounds, place: str, told: _Told) -> None:
    for key in reader.members():
        if reader.is_null():
            reader.skip()
        elif key in ("data", "state"):
            _read(reader, bounds, f"{place}.{key}", told)
        elif key == "messages":
            _read_messages(reader, bounds, f"{place}.{key}", told)
        elif key == "topics":
            _read_topics(reader, bounds, f"{place}.{key}", told)
        elif key == "title":
            told.title = reader.value(str)
        else:
            reader.skip()


def _read_topics(reader: JsonReader, bounds: ImportBounds, place: str, told: _Told) -> None:
    for number in reader.elements():
        with reading(f"{place}[{number}]"):
            text = reader.raw(bounds.message_size)
            bounds.check_message(len(text), f"{place}[{number}]")
            topic = decode(text, _Topic)
        told.names[topic.id] = topic.title or ""


def _read_messages(reader: JsonReader, bounds: ImportBounds, place: str, told: _Told) -> None:
    for number in reader.elements():
        told.count += 1
        bounds.check_messages(told.count)
        with reading(f"{place}[{number}]"):
            text = reader.raw(bounds.message_size)
            bounds.check_message(len(text), f"{place}[{number}]")
        try:
            said = decode(text, LobeMessage)
        except msgspec.ValidationError:
            told.unreadable += 1
            continue
        if speaks(said):
            _add(told, said, f"message-{number}", (reader.at - len(text), len(text)))


def _add(told: _Told, said: LobeMessage, name: str, where: tuple[int, int]) -> None:
    topic = said.topicId or ""
    place = topic or said.sessionId or ""
    key = f"{place}-{said.threadId}" if said.threadId else place
    told.topics[key] = topic
    outline = Outline(said.id or name, role_of(said), said.parentId, moment_of(said), *where)
    told.messages[key].append(outline)
