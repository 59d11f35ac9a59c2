"""One of claude.ai's `chat_messages`: whether it has text, and which."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from chat.text.visible import has_visible
from chat.transfer.chatgpt_node import NodeId
from chat.transfer.moments import RawMoment
from chat.transfer.outline import Role


class _Block(Struct):
    type: str = ""
    text: str | None = None
    thinking: str | None = None


class _Attachment(Struct):
    file_name: str | None = None
    extracted_content: str | None = None


class ClaudeMessage(Struct):
    """Old exports have the whole text in `text`, newer ones have blocks in `content`."""

    uuid: NodeId = ""
    sender: str = ""
    text: str | None = None
    content: list[_Block] | None = None
    attachments: list[_Attachment] | None = None
    files: list[_Attachment] | None = None
    created_at: RawMoment = None
    parent_message_uuid: NodeId | None = None


def role_of(message: ClaudeMessage) -> Role:
    """The role of the sender."""
    return "user" if message.sender == "human" else "assistant"


def has_text(message: ClaudeMessage) -> bool:
    """Whether it has text or reasoning."""
    return has_visible(text_of(message)) or has_visible(reasoning_of(message))


def text_of(message: ClaudeMessage) -> str:
    """The text of the attachments, which the export contains, then that of the message."""
    blocks = [one.text for one in message.content or () if one.type == "text" and one.text]
    return "\n\n".join([*_attached(message), *(blocks or filter(None, [message.text]))])


def reasoning_of(message: ClaudeMessage) -> str:
    """The reasoning of the model."""
    blocks = [one.thinking for one in message.content or () if one.type == "thinking"]
    return "\n\n".join(one for one in blocks if one)


def _attached(message: ClaudeMessage) -> Iterator[str]:
    for one in (*(message.attachments or ()), *(message.files or ())):
        name = f"[{one.file_name}]" if one.file_name else ""
        if found := "\n\n".join(filter(None, [name, one.extracted_content])):
            yield found
