"""One of claude.ai's `chat_messages`: whether it says something, and what."""

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
    """`text` is the whole text in old exports; in newer ones `content` has it in blocks."""

    uuid: NodeId = ""
    sender: str = ""
    text: str | None = None
    content: list[_Block] | None = None
    attachments: list[_Attachment] | None = None
    files: list[_Attachment] | None = None
    created_at: RawMoment = None
    parent_message_uuid: NodeId | None = None


def role_of(said: ClaudeMessage) -> Role:
    """Whose side it is on."""
    return "user" if said.sender == "human" else "assistant"


def speaks(said: ClaudeMessage) -> bool:
    """Whether it has words or thoughts."""
    return has_visible(words(said)) or has_visible(thoughts(said))


def words(said: ClaudeMessage) -> str:
    """The text, and before it what was attached: the export has attachments' own text."""
    blocks = [one.text for one in said.content or () if one.type == "text" and one.text]
    return "\n\n".join([*_attached(said), *(blocks or filter(None, [said.text]))])


def thoughts(said: ClaudeMessage) -> str:
    """What the model thought before it spoke."""
    blocks = [one.thinking for one in said.content or () if one.type == "thinking"]
    return "\n\n".join(one for one in blocks if one)


def _attached(said: ClaudeMessage) -> Iterator[str]:
    for one in (*(said.attachments or ()), *(said.files or ())):
        name = f"[{one.file_name}]" if one.file_name else ""
        if found := "\n\n".join(filter(None, [name, one.extracted_content])):
            yield found
