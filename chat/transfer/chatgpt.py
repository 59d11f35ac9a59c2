"""ChatGPT's `conversations.json`: a list of conversations, each a mapping of nodes with parents.

Nodes without words (roots, tools, pictures alone, hidden ones) are stepped over, and their
children follow the nearest node that has some. Roles the model of a chat here does not know
become none: a system message with words is the conversation's system prompt.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import msgspec
from msgspec import Struct

from chat.transfer.portable import PortableConversation, PortableMessage


class _Author(Struct):
    role: str = ""


class _Content(Struct):
    content_type: str = "text"
    parts: list[Any] | None = None
    text: str | None = None


class _Metadata(Struct):
    model_slug: str | None = None
    is_visually_hidden_from_conversation: bool | None = None


class _Message(Struct):
    id: str = ""
    author: _Author = msgspec.field(default_factory=_Author)
    create_time: float | None = None
    content: _Content | None = None
    metadata: _Metadata | None = None


class _Node(Struct):
    message: _Message | None = None
    parent: str | None = None


class _Conversation(Struct):
    mapping: dict[str, _Node]
    title: str | None = None
    create_time: float | None = None
    update_time: float | None = None
    current_node: str | None = None
    conversation_id: str | None = None
    id: str | None = None
    is_archived: bool | None = None


def read(text: bytes) -> list[PortableConversation]:
    """Raises msgspec's errors, which name the place in the file."""
    return [_portable(one) for one in msgspec.json.decode(text, type=list[_Conversation])]


def _portable(found: _Conversation) -> PortableConversation:
    # A file without ids is known again by what cannot change in it: its first node.
    key = found.conversation_id or found.id or f"root-{next(iter(found.mapping), '')}"
    return PortableConversation(
        id=f"chatgpt-{key}"[:200],
        title=found.title or "",
        system_prompt=_system_prompt(found),
        archived=bool(found.is_archived),
        leaf=_spoken(found, found.current_node),
        created_at=_moment(found.create_time),
        updated_at=_moment(found.update_time),
        messages=list(_messages(found)),
    )


def _messages(found: _Conversation) -> Iterator[PortableMessage]:
    for key, node in found.mapping.items():
        message = node.message
        if message is None or not _speaks(message):
            continue
        yield PortableMessage(
            id=key[:200],
            parent=_spoken(found, node.parent),
            role="user" if message.author.role == "user" else "assistant",
            content=_words(message),
            created_at=_moment(message.create_time),
            model=((message.metadata and message.metadata.model_slug) or "")[:200],
        )


def _spoken(found: _Conversation, key: str | None) -> str | None:
    """The node itself if it has words, else its nearest ancestor that has some."""
    seen: set[str] = set()
    while key is not None and key in found.mapping and key not in seen:
        seen.add(key)
        node = found.mapping[key]
        if node.message is not None and _speaks(node.message):
            return key[:200]
        key = node.parent
    return None


def _speaks(message: _Message) -> bool:
    hidden = message.metadata and message.metadata.is_visually_hidden_from_conversation
    known = message.author.role in ("user", "assistant")
    return known and not hidden and bool(_words(message).strip())


def _words(message: _Message) -> str:
    """The text of a message; what a model thought or sent to its tools is no part of it."""
    content = message.content
    if content is None or content.content_type not in ("text", "multimodal_text"):
        return ""
    parts = [_part(part) for part in content.parts or ()]
    return "\n\n".join(part for part in parts if part) or content.text or ""


def _part(part: Any) -> str:
    """Pictures and sounds are not in the file; their places are told."""
    if isinstance(part, str):
        return part
    if not isinstance(part, dict):
        return ""
    if isinstance(text := part.get("text"), str):
        return text
    return f"[{part['content_type']}]" if isinstance(part.get("content_type"), str) else ""


def _system_prompt(found: _Conversation) -> str:
    texts = [
        _words(node.message)
        for node in found.mapping.values()
        if node.message is not None and node.message.author.role == "system"
    ]
    return next((text for text in texts if text.strip()), "")


def _moment(seconds: float | None) -> datetime | None:
    try:
        return None if seconds is None else datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, ValueError, OSError):
        return None
