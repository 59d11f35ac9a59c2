"""A conversation of ChatGPT's or DeepSeek's `conversations.json`: a mapping of nodes with parents.

Nodes without words (roots, tools, pictures alone, hidden ones) are stepped over, and their
children follow the nearest node that has some. Roles the model of a chat here does not know
become none: a system message with words is the conversation's system prompt.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from chat.transfer.bounds import ImportBounds
from chat.transfer.chatgpt_node import (
    LONGEST_ID,
    Node,
    NodeId,
    NodeMessage,
    model_of,
    moment_of,
    role_of,
    speaks,
    thoughts,
    words,
)
from chat.transfer.decoding import decode
from chat.transfer.json_reader import JsonReader
from chat.transfer.moments import RawMoment, parse_moment
from chat.transfer.outline import Outline, OutlinedConversation
from chat.transfer.portable import PortableConversation, PortableMessage
from chat.transfer.refusal import reading, refused
from chat.transfer.repair import repair
from chat.transfer.spoken import nearest_spoken


class _Heading(Struct):
    mapping: None
    title: str | None = None
    create_time: RawMoment = None
    update_time: RawMoment = None
    inserted_at: RawMoment = None
    updated_at: RawMoment = None
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


def conversation(reader: JsonReader, bounds: ImportBounds, place: str) -> OutlinedConversation:
    """The one that the reader stands before."""
    heading: dict[str, Any] = {}
    tree = _Tree(reader.at)
    with reading(place):
        for key in reader.members():
            if key == "mapping":
                heading[key] = None
                with reading(f"{place}.mapping"):
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
        reasoning=thoughts(said),
        model=model_of(said),
    )


def _outlined(found: _Heading, tree: _Tree) -> OutlinedConversation:
    # A file without ids is known again by what cannot change in it: its first node.
    key = found.conversation_id or found.id or f"root-{next(iter(tree.parents), '')}"
    spoken = nearest_spoken(tree.parents, [one.id for one in tree.spoken])
    mended = repair([replace(one, parent=spoken.get(one.parent)) for one in tree.spoken])
    program = "deepseek" if found.inserted_at else "chatgpt"
    heading = PortableConversation(
        id=f"{program}-{key}"[:200],
        title=found.title or "",
        system_prompt=tree.system_prompt,
        archived=bool(found.is_archived),
        leaf=spoken.get(found.current_node),
        created_at=parse_moment(found.create_time) or parse_moment(found.inserted_at),
        updated_at=parse_moment(found.update_time) or parse_moment(found.updated_at),
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
    if said.speaker == "system" and not tree.system_prompt.strip():
        tree.system_prompt = words(said)
    if speaks(said):
        moment, is_wrong = moment_of(said)
        tree.repaired += is_wrong
        tree.spoken.append(Outline(key, role_of(said), node.parent, moment, *where))
