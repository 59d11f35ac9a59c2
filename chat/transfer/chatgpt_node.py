"""One node of ChatGPT's or DeepSeek's `mapping`: whether it has text, and which."""

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
"""Characters. The ids of all nodes of a conversation are held in memory."""
NodeId = Annotated[str, Meta(max_length=LONGEST_ID)]
_ROLES = ("user", "assistant")


class _Author(Struct):
    role: str | None = None


class _Metadata(Struct):
    model_slug: str | None = None
    is_visually_hidden_from_conversation: bool | None = None


class NodeMessage(Struct):
    """A message of a user, an assistant or a tool. DeepSeek's has no author, but `fragments` or
    texts, `model` and `inserted_at`.
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
    def author_role(self) -> str:
        """The role in lower case; empty if there is none."""
        role = self.role or (self.author and self.author.role) or ""
        return role.lower()

    @property
    def is_hidden(self) -> bool:
        """Whether ChatGPT's own page does not show it."""
        return bool(self.metadata and self.metadata.is_visually_hidden_from_conversation)


class Node(Struct):
    """A node of the tree. Roots have no message."""

    message: NodeMessage | None = None
    parent: NodeId | None = None


def role_of(message: NodeMessage) -> Role:
    """The role of a message that `has_text`."""
    if message.fragments is not None:
        return deepseek_message.role_of(message.fragments)
    return "user" if message.author_role == "user" else "assistant"


def has_text(message: NodeMessage) -> bool:
    """Whether it is a shown message with text or reasoning."""
    if message.is_hidden or (message.fragments is None and message.author_role not in _ROLES):
        return False
    return has_visible(text_of(message)) or has_visible(reasoning_of(message))


def text_of(message: NodeMessage) -> str:
    """The text of a message, as ChatGPT's page shows it."""
    if message.fragments is not None:
        return deepseek_message.text_of(message.fragments)
    content = message.content
    if isinstance(content, str):
        return content
    if content is None:
        return ""
    text = chatgpt_content.text_of(content, message.recipient)
    return text if message.author_role == "user" else chatgpt_content.without_marks(text)


def reasoning_of(message: NodeMessage) -> str:
    """The reasoning of the model."""
    if message.fragments is not None:
        return deepseek_message.reasoning_of(message.fragments)
    if isinstance(message.content, Content):
        return chatgpt_content.reasoning_of(message.content)
    return message.reasoning_content or ""


def model_of(message: NodeMessage) -> str:
    """The model that wrote it; empty if it is not known."""
    model = message.metadata.model_slug if message.metadata else message.model
    return (model or "")[:200] if role_of(message) == "assistant" else ""


def moment_of(message: NodeMessage) -> tuple[datetime | None, bool]:
    """When it was sent, and whether it has a date that is invalid."""
    has_date = message.create_time is not None or bool(message.inserted_at)
    found = parse_moment(message.create_time) or parse_moment(message.inserted_at)
    return found, has_date and found is None
