"""One message of Open WebUI: its text, and the reasoning that it keeps inside of the text."""

from __future__ import annotations

import re
from typing import Any

from msgspec import Struct

from chat.transfer.chatgpt_node import NodeId
from chat.transfer.outline import Role
from chat.visible import has_visible

_REASONING = re.compile(
    r'<details type="reasoning"[^>]*>\s*(?:<summary>[^<]*</summary>\n?)?(.*?)\n?</details>\n*',
    re.DOTALL,
)
_QUOTED = re.compile(r"^> ?", re.MULTILINE)


class OpenWebuiMessage(Struct):
    """Its `content` is a text, or a list of parts as OpenAI has them."""

    role: str = ""
    content: str | list[Any] | None = None
    parentId: NodeId | None = None  # noqa: N815 - the file's name for it
    timestamp: float | None = None
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
    return _REASONING.sub("", text).lstrip("\n") if said.role == "assistant" else text


def thoughts(said: OpenWebuiMessage) -> str:
    """The reasoning, which stands in the text as a quotation inside of `details`."""
    if said.role != "assistant":
        return ""
    found = [_QUOTED.sub("", one).strip("\n") for one in _REASONING.findall(_text(said))]
    return "\n\n".join(one for one in found if one)


def _text(said: OpenWebuiMessage) -> str:
    if isinstance(said.content, str):
        return said.content
    parts = [one.get("text") for one in said.content or () if isinstance(one, dict)]
    return "\n\n".join(one for one in parts if isinstance(one, str) and one)
