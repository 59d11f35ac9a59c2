"""ChatGPT's `conversations.json`: a list of conversations, each a mapping of nodes with parents.

Nodes without words (roots, tools, pictures alone, hidden ones) are stepped over, and their
children follow the nearest node that has some. Roles the model of a chat here does not know
become none: a system message with words is the conversation's system prompt.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from chat.transfer.bounds import ImportBounds
from chat.transfer.chatgpt_node import LONGEST_ID, Node, NodeId, NodeMessage, role_of, speaks, words
from chat.transfer.decoding import decode
from chat.transfer.json_reader import JsonReader
from chat.transfer.moments import from_seconds
from chat.transfer.outline import Outline, OutlinedConversation
from chat.transfer.portable import PortableConversation, PortableMessage
from chat.transfer.refusal import reading, refused
from chat.transfer.repair import repair


class _Heading(Struct):
    mapping: None
    title: str | None = None
    create_time: float | None = None
    update_time: float | None = None
    current_node: NodeId | None = None
    conversation_id: str | None = None
    id: str | None = None
    is_archived: bool | None = None


@dataclass(slots=True)
class _Tree:
    """The nodes of a mapping: all parents, and those that have words."""

    at: int
    parents: dict[str, str | None] = field(default_factory=dict)
    spoken: list[Outline] = field(default_factory=list)
    system_prompt: str = ""
    repaired: int = 0


def conversations(reader: JsonReader, bounds: ImportBounds) -> Iterator[OutlinedConversation]:
    """Raises `ChatError` with `bad_import` or `import_too_long`."""
    with reading("$"):
        for number in reader.elements():
            yield conversation(reader, bounds, f"$[{number}]")
        reader.finish()


def conversation(reader: JsonReader, bounds: ImportBounds, place: str) -> OutlinedConversation:
    """The one that the reader stands before."""
    heading: dict[str, Any] = {}
    tree = _Tree(reader.at)
    with reading(place):
        for key in reader.members():
            if key == "mapping":
                heading[key] = None
                _read_mapping(reader, bounds, f"{place}.mapping", tree)
            elif key in _Heading.__struct_fields__:
                text = reader.raw(bounds.message_size)
                bounds.check_message(len(text), f"{place}.{key}")
                heading[key] = msgspec.Raw(text)
            else:
                reader.skip()
        found = decode(msgspec.json.encode(heading), _Heading)
    return _outlined(found, tree)


def message(text: bytes) -> PortableMessage:
    """A node that was read before, with its text."""
    said = decode(text, Node).message or NodeMessage()
    return PortableMessage(
        id="-",
        role=role_of(said),
        content=words(said),
        model=((said.metadata and said.metadata.model_slug) or "")[:200],
    )


def _outlined(found: _Heading, tree: _Tree) -> OutlinedConversation:
    # A file without ids is known again by what cannot change in it: its first node.
    key = found.conversation_id or found.id or f"root-{next(iter(tree.parents), '')}"
    spoken = _nearest_spoken(tree)
    mended = repair([replace(one, parent=spoken.get(one.parent)) for one in tree.spoken])
    heading = PortableConversation(
        id=f"chatgpt-{key}"[:200],
        title=found.title or "",
        system_prompt=tree.system_prompt,
        archived=bool(found.is_archived),
        leaf=spoken.get(found.current_node),
        created_at=from_seconds(found.create_time),
        updated_at=from_seconds(found.update_time),
    )
    return OutlinedConversation(tree.at, heading, mended.messages, tree.repaired + mended.count)


def _read_mapping(reader: JsonReader, bounds: ImportBounds, place: str, tree: _Tree) -> None:
    for number, key in enumerate(reader.members(), 1):
        bounds.check_messages(number)
        if len(key) > LONGEST_ID:
            raise refused(f"a key has more than {LONGEST_ID} characters - at `{place}`")
        with reading(f"{place}.{key[:100]}"):
            text = reader.raw(bounds.message_size)
            bounds.check_message(len(text), f"{place}.{key[:100]}")
            node = decode(text, Node)
        _add_node(tree, key, node, (reader.at - len(text), len(text)))


def _add_node(tree: _Tree, key: str, node: Node, where: tuple[int, int]) -> None:
    tree.parents.setdefault(key, node.parent)
    said = node.message
    if said is None:
        return
    if said.author.role == "system" and not tree.system_prompt.strip():
        tree.system_prompt = words(said)
    if speaks(said):
        moment = from_seconds(said.create_time)
        tree.repaired += said.create_time is not None and moment is None
        tree.spoken.append(Outline(key, role_of(said), node.parent, moment, *where))


def _nearest_spoken(tree: _Tree) -> dict[str | None, str]:
    """For each node itself if it has words, else its nearest ancestor that has some."""
    found: dict[str | None, str | None] = {one.id: one.id for one in tree.spoken}
    for key in tree.parents:
        way: dict[str, None] = {}
        at: str | None = key
        while at is not None and at not in found and at not in way:
            way[at] = None
            at = tree.parents.get(at)
        nearest = found.get(at) if at is not None else None
        found.update(dict.fromkeys(way, nearest))
    return {key: nearest for key, nearest in found.items() if nearest is not None}
