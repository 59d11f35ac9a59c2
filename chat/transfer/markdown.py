"""A conversation as Markdown: the path that is shown."""

from __future__ import annotations

from collections.abc import Iterator

from chat.transfer.closed_markdown import closed
from chat.transfer.portable import PortableConversation, PortableMessage

_NAMES = {"zh": {"user": "我", "assistant": "助手"}, "en": {"user": "Me", "assistant": "Assistant"}}
_UNTITLED = {"zh": "未命名对话", "en": "Untitled conversation"}
_THINKING = {"zh": "思考过程", "en": "Thinking"}
_PROMPT = {"zh": "系统提示词", "en": "System prompt"}


def render(conversation: PortableConversation, locale: str) -> str:
    """Texts are Markdown and kept as they are, except that open blocks are closed. Reasoning is
    in a collapsed `details` element.
    """
    language = "zh" if not locale or locale.lower().startswith("zh") else "en"
    title = " ".join(conversation.title.split()) or _UNTITLED[language]
    parts = [f"# {_plain(title)}"]
    if conversation.system_prompt:
        quoted = closed(conversation.system_prompt).replace("\n", "\n> ")
        parts.append(f"> **{_PROMPT[language]}**\n>\n> {quoted}")
    parts += [_section(message, language) for message in _path(conversation)]
    return "\n\n".join(parts) + "\n"


def _section(message: PortableMessage, language: str) -> str:
    name = _NAMES[language][message.role]
    by = f" ({_plain(message.model)})" if message.model else ""
    thinking = _folded(message.reasoning, _THINKING[language]) if message.reasoning else ""
    return f"## {name}{by}\n\n{thinking}{closed(message.content)}"


def _folded(reasoning: str, name: str) -> str:
    return f"<details><summary>{name}</summary>\n\n{closed(reasoning)}\n\n</details>\n\n"


def _plain(name: str) -> str:
    """The name for a heading, where tags would not be shown."""
    return name.replace("<", r"\<")


def _path(conversation: PortableConversation) -> list[PortableMessage]:
    return list(_upwards(conversation))[::-1]


def _upwards(conversation: PortableConversation) -> Iterator[PortableMessage]:
    by_id = {message.id: message for message in conversation.messages}
    at = conversation.leaf
    while at in by_id:
        message = by_id.pop(at)
        yield message
        at = message.parent
