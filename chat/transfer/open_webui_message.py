"""One message of Open WebUI: its text, and the reasoning that it keeps inside of the text.

Qwen's own page is built on it and tells an answer as a list of phases instead.
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
"""What its page draws as a folded line: tools that were called and what they gave."""
_ESCAPED = "&gt;"
"""Newer versions escape the reasoning, each line of which is quoted."""
_QUOTED = re.compile(r"^> ?", re.MULTILINE)
_ANSWER = "answer"
_THOUGHT = "think"


class _Phase(Struct):
    phase: str | None = None
    content: str | None = None


class OpenWebuiMessage(Struct):
    """Its `content` is a text, or a list of parts as OpenAI has them."""

    role: str = ""
    content: str | list[Any] | None = None
    content_list: list[_Phase] | None = None
    parentId: NodeId | None = None  # noqa: N815 - the file's name for it
    timestamp: RawMoment = None
    model: str | None = None


def role_of(said: OpenWebuiMessage) -> Role:
    """Whose side it is on, if it speaks."""
    return "user" if said.role == "user" else "assistant"


def speaks(said: OpenWebuiMessage) -> bool:
    """Whether it is one of the two sides' and has words or thoughts."""
    has_words = has_visible(words(said)) or has_visible(thoughts(said))
    return said.role in ("user", "assistant") and has_words


def words(said: OpenWebuiMessage) -> str:
    """The text without the reasoning that was folded into it."""
    text = _text(said)
    if said.role != "assistant":
        return text
    shown = _TOOLS.sub("", _REASONING.sub("", text)).lstrip("\n")
    return shown or _phases(said, _ANSWER)


def thoughts(said: OpenWebuiMessage) -> str:
    """The reasoning, which stands in the text as a quotation inside of `details`."""
    if said.role != "assistant":
        return ""
    found = [_unquoted(one) for one in _REASONING.findall(_text(said))]
    return "\n\n".join(one for one in found if one) or _phases(said, _THOUGHT)


def _unquoted(reasoning: str) -> str:
    text = unescape(reasoning) if reasoning.startswith(_ESCAPED) else reasoning
    return _QUOTED.sub("", text).strip("\n")


def _phases(said: OpenWebuiMessage, phase: str) -> str:
    told = [one.content for one in said.content_list or () if one.phase == phase]
    return "\n\n".join(text for text in told if text)


def _text(said: OpenWebuiMessage) -> str:
    if isinstance(said.content, str):
        return said.content
    parts = [one.get("text") for one in said.content or () if isinstance(one, dict)]
    return "\n\n".join(one for one in parts if isinstance(one, str) and one)
