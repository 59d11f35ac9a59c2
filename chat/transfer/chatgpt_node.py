"""One node of a `mapping`, ChatGPT's or DeepSeek's: whether it says something, and what."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct

from chat.transfer import deepseek_message
from chat.transfer.deepseek_message import Fragment
from chat.transfer.moments import from_seconds, from_text
from chat.transfer.outline import Role
from chat.visible import has_visible

LONGEST_ID = 200
"""Characters. Those of all nodes of a conversation are held in memory."""
NodeId = Annotated[str, Meta(max_length=LONGEST_ID)]
_ROLES = ("user", "assistant")


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
    """What was said there, by somebody or by a tool. DeepSeek's has no author, `fragments` or
    texts, a `model` and `inserted_at`.
    """

    id: Any = ""
    author: _Author = msgspec.field(default_factory=_Author)
    create_time: float | None = None
    content: _Content | str | None = None
    metadata: _Metadata | None = None
    fragments: list[Fragment] | None = None
    reasoning_content: str | None = None
    role: str | None = None
    model: str | None = None
    inserted_at: str | None = None

    @property
    def is_hidden(self) -> bool:
        """Whether its own page does not show it."""
        return bool(self.metadata and self.metadata.is_visually_hidden_from_conversation)


class Node(Struct):
    """Roots and the like have no message."""

    message: NodeMessage | None = None
    parent: NodeId | None = None


def role_of(said: NodeMessage) -> Role:
    """Whose side it is on, if it speaks."""
    if said.fragments is not None:
        return deepseek_message.role_of(said.fragments)
    return "user" if (said.role or said.author.role).lower() == "user" else "assistant"


def speaks(message: NodeMessage) -> bool:
    """Whether it is shown and has words."""
    role = (message.role or message.author.role).lower()
    if message.is_hidden or (message.fragments is None and role not in _ROLES):
        return False
    return has_visible(words(message)) or has_visible(thoughts(message))


def words(message: NodeMessage) -> str:
    """The text of a message; what was sent to tools is no part of it."""
    if message.fragments is not None:
        return deepseek_message.words(message.fragments)
    content = message.content
    if isinstance(content, str):
        return content
    if content is None or content.content_type not in ("text", "multimodal_text"):
        return ""
    parts = [_part(part) for part in content.parts or ()]
    return "\n\n".join(part for part in parts if part) or content.text or ""


def thoughts(message: NodeMessage) -> str:
    """What the model thought before it spoke. ChatGPT tells that in nodes of their own, which
    are left out.
    """
    if message.fragments is not None:
        return deepseek_message.thoughts(message.fragments)
    return message.reasoning_content or ""


def model_of(message: NodeMessage) -> str:
    """The model that wrote it; empty where that is not told."""
    told = message.metadata.model_slug if message.metadata else message.model
    return (told or "")[:200] if role_of(message) == "assistant" else ""


def moment_of(message: NodeMessage) -> tuple[datetime | None, bool]:
    """When it was said, and whether a date was told that is none."""
    told = message.create_time is not None or bool(message.inserted_at)
    found = from_seconds(message.create_time) or from_text(message.inserted_at)
    return found, told and found is None


def _part(part: Any) -> str:
    """Pictures and sounds are not in the file; their places are told."""
    if isinstance(part, str):
        return part
    if not isinstance(part, dict):
        return ""
    if isinstance(text := part.get("text"), str):
        return text
    return f"[{part['content_type']}]" if isinstance(part.get("content_type"), str) else ""
