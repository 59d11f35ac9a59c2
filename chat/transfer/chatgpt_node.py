"""One node of ChatGPT's `mapping`: whether it says something, and what."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct

from chat.transfer.outline import Role

LONGEST_ID = 200
"""Characters. Those of all nodes of a conversation are held in memory."""
NodeId = Annotated[str, Meta(max_length=LONGEST_ID)]


class _Author(Struct):
    role: str = ""


class _Content(Struct):
    content_type: str = "text"
    parts: list[Any] | None = None
    text: str | None = None


class _Metadata(Struct):
    model_slug: str | None = None
    is_visually_hidden_from_conversation: bool | None = None


class NodeMessage(Struct):
    """What was said there, by somebody or by a tool."""

    id: str = ""
    author: _Author = msgspec.field(default_factory=_Author)
    create_time: float | None = None
    content: _Content | None = None
    metadata: _Metadata | None = None


class Node(Struct):
    """Roots and the like have no message."""

    message: NodeMessage | None = None
    parent: NodeId | None = None


def role_of(said: NodeMessage) -> Role:
    """Whose side it is on, if it speaks."""
    return "user" if said.author.role == "user" else "assistant"


def speaks(message: NodeMessage) -> bool:
    """Whether it is shown and has words."""
    hidden = message.metadata and message.metadata.is_visually_hidden_from_conversation
    known = message.author.role in ("user", "assistant")
    return known and not hidden and bool(words(message).strip())


def words(message: NodeMessage) -> str:
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
