"""One message of Open WebUI: its text, and the reasoning that is embedded in the text.

Qwen's own page is built on Open WebUI, but has an answer as a list of phases.
"""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from msgspec import Struct

from chat.text.visible import has_visible
from chat.transfer.chatgpt_node import NodeId
from chat.transfer.moments import RawMoment
from chat.transfer.outline import Role

_REASONING = re.compile(
    r'<details type="reasoning"[^>]*>\s*(?:<summary>[^<]*</summary>\n?)?(.*?)\n?</details>\n*',
    re.DOTALL,
)
_TOOLS = re.compile(
    r'<details type="(?:tool_calls|code_interpreter)"[^>]*>.*?</details>\n*', re.DOTALL
)
"""Tool calls and their results, which Open WebUI shows collapsed."""
_ESCAPED = "&gt;"
"""Newer versions escape the reasoning, whose lines are quoted."""
_QUOTED = re.compile(r"^> ?", re.MULTILINE)
_ANSWER = "answer"
_THOUGHT = "think"


class _Phase(Struct):
    phase: str | None = None
    content: str | None = None


class OpenWebuiMessage(Struct):
    """`content` is a text, or a list of parts as in OpenAI's API."""

    role: str = ""
    content: str | list[Any] | None = None
    content_list: list[_Phase] | None = None
    parentId: NodeId | None = None  # noqa: N815 - the file's name for it
    timestamp: RawMoment = None
    model: str | None = None


def role_of(message: OpenWebuiMessage) -> Role:
    """The role of a message that `has_text`."""
    return "user" if message.role == "user" else "assistant"


def has_text(message: OpenWebuiMessage) -> bool:
    """Whether it is a user's or an assistant's and has text or reasoning."""
    is_visible = has_visible(text_of(message)) or has_visible(reasoning_of(message))
    return message.role in ("user", "assistant") and is_visible


def text_of(message: OpenWebuiMessage) -> str:
    """The text without the embedded reasoning."""
    text = _text(message)
    if message.role != "assistant":
        return text
    shown = _TOOLS.sub("", _REASONING.sub("", text)).lstrip("\n")
    return shown or _phases(message, _ANSWER)


def reasoning_of(message: OpenWebuiMessage) -> str:
    """The reasoning, which is a quotation in a `details` element of the text."""
    if message.role != "assistant":
        return ""
    found = [_unquoted(one) for one in _REASONING.findall(_text(message))]
    return "\n\n".join(one for one in found if one) or _phases(message, _THOUGHT)


def _unquoted(reasoning: str) -> str:
    text = unescape(reasoning) if reasoning.startswith(_ESCAPED) else reasoning
    return _QUOTED.sub("", text).strip("\n")


def _phases(message: OpenWebuiMessage, phase: str) -> str:
    texts = [one.content for one in message.content_list or () if one.phase == phase]
    return "\n\n".join(text for text in texts if text)


def _text(message: OpenWebuiMessage) -> str:
    if isinstance(message.content, str):
        return message.content
    parts = [one.get("text") for one in message.content or () if isinstance(one, dict)]
    return "\n\n".join(one for one in parts if isinstance(one, str) and one)
