"""One message of LobeHub (LobeChat): which topic it is of, and what it says."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from msgspec import Struct

from chat.text.visible import has_visible
from chat.transfer.chatgpt_node import NodeId
from chat.transfer.moments import RawMoment, parse_moment
from chat.transfer.outline import Role

_PLACEHOLDER = "..."
"""What an answer has for its text as long as there is none."""


class _Reasoning(Struct):
    content: str | None = None


class _Extra(Struct):
    fromModel: str | None = None  # noqa: N815 - the file's name for it
    model: str | None = None


class LobeMessage(Struct):
    """Browser databases tell dates in milliseconds, the others as text."""

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


def role_of(said: LobeMessage) -> Role:
    """Whose side it is on, if it speaks."""
    return "user" if said.role == "user" else "assistant"


def speaks(said: LobeMessage) -> bool:
    """Whether it is one of the two sides' and has words or thoughts."""
    if said.role not in ("user", "assistant"):
        return False
    return has_visible(words(said)) or has_visible(thoughts(said))


def words(said: LobeMessage) -> str:
    """The text; none for an answer that failed before it had any."""
    content = _text(said.content)
    return "" if said.role == "assistant" and content == _PLACEHOLDER else content


def _text(content: str | list[Any] | None) -> str:
    """Some answers are lists of parts, as OpenAI has them."""
    if isinstance(content, str):
        return content
    parts = [one.get("text") for one in content or () if isinstance(one, dict)]
    return "\n\n".join(one for one in parts if isinstance(one, str) and one)


def thoughts(said: LobeMessage) -> str:
    """What the model thought before it spoke."""
    if isinstance(said.reasoning, str):
        return said.reasoning
    return (said.reasoning and said.reasoning.content) or ""


def model_of(said: LobeMessage) -> str:
    """The model that wrote it."""
    extra = said.extra or _Extra()
    return (said.model or extra.fromModel or extra.model or "")[:200]


def moment_of(said: LobeMessage) -> datetime | None:
    """When it was said."""
    return parse_moment(said.createdAt)
