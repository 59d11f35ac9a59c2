"""One message of LobeHub (LobeChat): its topic, its text and its reasoning."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from msgspec import Struct

from chat.text.visible import has_visible
from chat.transfer.chatgpt_node import NodeId
from chat.transfer.moments import RawMoment, parse_moment
from chat.transfer.outline import Role

_PLACEHOLDER = "..."
"""The text of an answer that has not begun."""


class _Reasoning(Struct):
    content: str | None = None


class _Extra(Struct):
    fromModel: str | None = None  # noqa: N815 - the file's name for it
    model: str | None = None


class LobeMessage(Struct):
    """Dates are milliseconds in exports of browser databases, and texts in others."""

    id: NodeId = ""
    role: str = ""
    content: str | list[Any] | None = None
    reasoning: _Reasoning | str | None = None
    error: Any = None
    model: str | None = None
    extra: _Extra | None = None
    parentId: NodeId | None = None  # noqa: N815 - the file's name for it
    topicId: NodeId | None = None  # noqa: N815 - the file's name for it
    threadId: NodeId | None = None  # noqa: N815 - the file's name for it
    sessionId: NodeId | None = None  # noqa: N815 - the file's name for it
    createdAt: RawMoment = None  # noqa: N815 - the file's name for it


def role_of(message: LobeMessage) -> Role:
    """The role of a message that `has_text`."""
    return "user" if message.role == "user" else "assistant"


def has_text(message: LobeMessage) -> bool:
    """Whether it is a user's or an assistant's and has text or reasoning."""
    if message.role not in ("user", "assistant"):
        return False
    return has_visible(text_of(message)) or has_visible(reasoning_of(message))


def text_of(message: LobeMessage) -> str:
    """The text; empty for an answer that failed before its first token."""
    content = _text(message.content)
    return "" if message.role == "assistant" and content == _PLACEHOLDER else content


def _text(content: str | list[Any] | None) -> str:
    """Some answers are lists of parts, as in OpenAI's API."""
    if isinstance(content, str):
        return content
    parts = [one.get("text") for one in content or () if isinstance(one, dict)]
    return "\n\n".join(one for one in parts if isinstance(one, str) and one)


def reasoning_of(message: LobeMessage) -> str:
    """The reasoning of the model."""
    if isinstance(message.reasoning, str):
        return message.reasoning
    return (message.reasoning and message.reasoning.content) or ""


def model_of(message: LobeMessage) -> str:
    """The model that wrote it."""
    extra = message.extra or _Extra()
    return (message.model or extra.fromModel or extra.model or "")[:200]


def moment_of(message: LobeMessage) -> datetime | None:
    """When it was sent."""
    return parse_moment(message.createdAt)
