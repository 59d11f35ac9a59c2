"""A conversation of ChatGPT's or DeepSeek's `conversations.json`: a mapping of nodes with parents.

Nodes without text (roots, tools, images, hidden ones) are skipped, and their children become
replies to the nearest ancestor with text. Only users' and assistants' messages are imported. The
first system message with text becomes the conversation's system prompt.
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
    has_text,
    model_of,
    moment_of,
    reasoning_of,
    role_of,
    text_of,
)
from chat.transfer.decoding import decode
from chat.transfer.json_reader import JsonReader
from chat.transfer.moments import RawMoment, parse_moment
from chat.transfer.nearest_shown import nearest_shown
from chat.transfer.outline import Outline, OutlinedConversation
from chat.transfer.portable import PortableConversation, PortableMessage
from chat.transfer.refusal import reading, refused
from chat.transfer.repair import repair


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
    """The nodes of a mapping: the parents of all, and the messages of those with text."""

    at: int
    parents: dict[str, str | None] = field(default_factory=dict)
    shown: list[Outline] = field(default_factory=list)
    system_prompt: str = ""
    repaired: int = 0


def conversation(reader: JsonReader, bounds: ImportBounds, place: str) -> OutlinedConversation:
    """Read the conversation at the reader's position. Raises `ChatError`."""
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
    """The message of a node that was outlined before, with its texts."""
    entry = decode(text, Node).message or NodeMessage()
    return PortableMessage(
        id="-",
        role=role_of(entry),
        content=text_of(entry),
        reasoning=reasoning_of(entry),
        model=model_of(entry),
    )


def _outlined(found: _Heading, tree: _Tree) -> OutlinedConversation:
    # The first node never changes, so it identifies a conversation without an id.
    key = found.conversation_id or found.id or f"root-{next(iter(tree.parents), '')}"
    shown = nearest_shown(tree.parents, [one.id for one in tree.shown])
    fixed = repair([replace(one, parent=shown.get(one.parent)) for one in tree.shown])
    program = "deepseek" if found.inserted_at else "chatgpt"
    heading = PortableConversation(
        id=f"{program}-{key}"[:200],
        title=found.title or "",
        system_prompt=tree.system_prompt,
        archived=bool(found.is_archived),
        leaf=shown.get(found.current_node),
        created_at=parse_moment(found.create_time) or parse_moment(found.inserted_at),
        updated_at=parse_moment(found.update_time) or parse_moment(found.updated_at),
    )
    return OutlinedConversation(tree.at, heading, fixed.messages, tree.repaired + fixed.count)


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
    entry = node.message
    if entry is None:
        return
    if entry.author_role == "system" and not tree.system_prompt.strip():
        tree.system_prompt = text_of(entry)
    if has_text(entry):
        moment, is_wrong = moment_of(entry)
        tree.repaired += is_wrong
        tree.shown.append(Outline(key, role_of(entry), node.parent, moment, *where))
