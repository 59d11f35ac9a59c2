"""LobeHub's (LobeChat's) exports: all messages in one list, each with the id of its topic.

A backup has the list under `data`, or under `state` if the version keeps its database in the
browser. A single topic has `messages`, in an object with `exportedAt` or as a bare list.
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
    has_text,
    model_of,
    moment_of,
    reasoning_of,
    role_of,
    text_of,
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
class _File:
    """Messages by conversation, and the titles of topics; `unreadable` counts the messages that
    are left out.
    """

    count: int = 0
    title: str = ""
    messages: defaultdict[str, list[Outline]] = field(default_factory=lambda: defaultdict(list))
    topics: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    unreadable: int = 0


def conversations(reader: JsonReader, bounds: ImportBounds) -> Iterator[OutlinedConversation]:
    """All conversations of a file, whose messages may be anywhere in it.

    Raises `ChatError` with `bad_import` or `import_too_long`.
    """
    file = _File()
    with reading("$"):
        if reader.is_array():
            _read_messages(reader, bounds, "$", file)
        else:
            _read(reader, bounds, "$", file)
        reader.finish()
    for key, messages in file.messages.items():
        yield _outlined(key, messages, file)


def conversation(reader: JsonReader, bounds: ImportBounds, place: str) -> OutlinedConversation:
    """Never called, as no conversation is in one place. Raises `ChatError`."""
    raise NotImplementedError


def message(text: bytes) -> PortableMessage:
    """A message that was outlined before, with its texts."""
    entry = decode(text, LobeMessage)
    role = role_of(entry)
    model = model_of(entry) if role == "assistant" else ""
    return PortableMessage("-", role, text_of(entry), reasoning=reasoning_of(entry), model=model)


def _outlined(key: str, messages: Sequence[Outline], file: _File) -> OutlinedConversation:
    title = file.names.get(file.topics.get(key, ""), "") or file.title
    heading = PortableConversation(
        id=f"lobehub-{key or messages[0].id}"[:200],
        title=title,
        created_at=messages[0].created_at,
        updated_at=messages[-1].created_at,
    )
    tree = repair(_in_a_row(messages))
    repaired, file.unreadable = tree.count + file.unreadable, 0
    return OutlinedConversation(None, heading, tree.messages, repaired)


def _in_a_row(messages: Sequence[Outline]) -> list[Outline]:
    """Ordered by date; an answer follows the question that it names, others the one before."""
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


def _read(reader: JsonReader, bounds: ImportBounds, place: str, file: _File) -> None:
    for key in reader.members():
        if reader.is_null():
            reader.skip()
        elif key in ("data", "state"):
            _read(reader, bounds, f"{place}.{key}", file)
        elif key == "messages":
            _read_messages(reader, bounds, f"{place}.{key}", file)
        elif key == "topics":
            _read_topics(reader, bounds, f"{place}.{key}", file)
        elif key == "title":
            file.title = reader.value(str)
        else:
            reader.skip()


def _read_topics(reader: JsonReader, bounds: ImportBounds, place: str, file: _File) -> None:
    for number in reader.elements():
        with reading(f"{place}[{number}]"):
            text = reader.raw(bounds.message_size)
            bounds.check_message(len(text), f"{place}[{number}]")
            topic = decode(text, _Topic)
        file.names[topic.id] = topic.title or ""


def _read_messages(reader: JsonReader, bounds: ImportBounds, place: str, file: _File) -> None:
    for number in reader.elements():
        file.count += 1
        bounds.check_messages(file.count)
        with reading(f"{place}[{number}]"):
            text = reader.raw(bounds.message_size)
            bounds.check_message(len(text), f"{place}[{number}]")
        try:
            entry = decode(text, LobeMessage)
        except msgspec.ValidationError:
            file.unreadable += 1
            continue
        if has_text(entry):
            _add(file, entry, f"message-{number}", (reader.at - len(text), len(text)))


def _add(file: _File, entry: LobeMessage, name: str, where: tuple[int, int]) -> None:
    topic = entry.topicId or ""
    group = topic or entry.sessionId or ""
    key = f"{group}-{entry.threadId}" if entry.threadId else group
    file.topics[key] = topic
    outline = Outline(entry.id or name, role_of(entry), entry.parentId, moment_of(entry), *where)
    file.messages[key].append(outline)
