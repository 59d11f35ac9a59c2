"""One node of a `mapping`, ChatGPT's or DeepSeek's: whether it says something, and what."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from msgspec import Meta, Struct

from chat.text.visible import has_visible
from chat.transfer import chatgpt_content, deepseek_message
from chat.transfer.chatgpt_content import Content
from chat.transfer.deepseek_message import Fragment
from chat.transfer.moments import RawMoment, parse_moment
from chat.transfer.outline import Role

LONGEST_ID = 200
"""Characters. Those of all nodes of a conversation are held in memory."""
NodeId = Annotated[str, Meta(max_length=LONGEST_ID)]
_ROLES = ("user", "assistant")


class _Author(Struct):
    role: str | None = None


class _Metadata(Struct):
    model_slug: str | None = None
    is_visually_hidden_from_conversation: bool | None = None


class NodeMessage(Struct):
    """What was said there, by somebody or by a tool. DeepSeek's has no author, `fragments` or
    texts, a `model` and `inserted_at`.
    """

    id: Any = ""
    author: _Author | None = None
    create_time: RawMoment = None
    recipient: str | None = None
    content: Content | str | None = None
    metadata: _Metadata | None = None
    fragments: list[Fragment] | None = None
    reasoning_content: str | None = None
    role: str | None = None
    model: str | None = None
    inserted_at: RawMoment = None

    @property
    def speaker(self) -> str:
        """The role in small letters; empty where none is told."""
        told = self.role or (self.author and self.author.role) or ""
        return told.lower()

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
    return "user" if said.speaker == "user" else "assistant"


def speaks(message: NodeMessage) -> bool:
    """Whether it is shown and has words."""
    if message.is_hidden or (message.fragments is None and message.speaker not in _ROLES):
        return False
    return has_visible(words(message)) or has_visible(thoughts(message))


def words(message: NodeMessage) -> str:
    """The text of a message, as its page shows it."""
    if message.fragments is not None:
        return deepseek_message.words(message.fragments)
    content = message.content
    if isinstance(content, str):
        return content
    if content is None:
        return ""
    text = chatgpt_content.words(content, message.recipient)
    return text if message.speaker == "user" else chatgpt_content.without_marks(text)


def thoughts(message: NodeMessage) -> str:
    """What the model thought before it spoke."""
    if message.fragments is not None:
        return deepseek_message.thoughts(message.fragments)
    if isinstance(message.content, Content):
        return chatgpt_content.thoughts(message.content)
    return message.reasoning_content or ""


def model_of(message: NodeMessage) -> str:
    """The model that wrote it; empty where that is not told."""
    told = message.metadata.model_slug if message.metadata else message.model
    return (told or "")[:200] if role_of(message) == "assistant" else ""


def moment_of(message: NodeMessage) -> tuple[datetime | None, bool]:
    """When it was said, and whether a date was told that is none."""
    told = message.create_time is not None or bool(message.inserted_at)
    found = parse_moment(message.create_time) or parse_moment(message.inserted_at)
    return found, told and found is None
