"""The content of a ChatGPT message, as far as ChatGPT's own page shows it as text."""

from __future__ import annotations

import re
from typing import Any

import msgspec
from msgspec import Struct

_CANVAS = "canmore.create_textdoc"
_SHOWN = ("text", "multimodal_text")
_LINK = "url"
_ENTITY = "entity"
_MARKED = re.compile("( ?)\ue200([^\ue200\ue201]*)\ue201")
_SEPARATOR = "\ue202"
_BACKTICKS = re.compile("`+")
_PLACEHOLDERS = {"image_asset_pointer": "[image]", "audio_asset_pointer": "[audio]"}
"""Placeholders for files, which the export's text does not contain."""


class _Thought(Struct):
    summary: str | None = None
    content: str | None = None


class _Document(Struct):
    content: str
    type: str = "document"


class Content(Struct):
    """`parts` are texts, `text` is the input of a tool, `thoughts` those of reasoning models."""

    content_type: str = "text"
    parts: list[Any] | None = None
    text: str | None = None
    thoughts: list[_Thought] | None = None


def text_of(content: Content, recipient: str | None) -> str:
    """The text. Input of tools has none, except for a canvas's document."""
    if recipient == _CANVAS:
        return _document(content)
    if recipient not in (None, "", "all") or content.content_type not in _SHOWN:
        return ""
    return _text(content)


def reasoning_of(content: Content) -> str:
    """The reasoning of the model, which the export has in messages of their own."""
    thoughts = content.thoughts or () if content.content_type == "thoughts" else ()
    return "\n\n".join(text for one in thoughts for text in (one.summary, one.content) if text)


def without_marks(text: str) -> str:
    """An answer without ChatGPT's citation marks; names and links in them are kept."""
    return _MARKED.sub(_read, text)


def _text(content: Content) -> str:
    parts = [_part(part) for part in content.parts or ()]
    return "\n\n".join(part for part in parts if part) or content.text or ""


def _part(part: Any) -> str:
    if isinstance(part, str):
        return part
    if not isinstance(part, dict):
        return ""
    if isinstance(text := part.get("text"), str):
        return text
    kind = part.get("content_type")
    return _PLACEHOLDERS.get(kind, "") if isinstance(kind, str) else ""


def _document(content: Content) -> str:
    try:
        found = msgspec.json.decode(_text(content), type=_Document)
    except msgspec.MsgspecError:
        return ""
    kind, _, language = found.type.partition("/")
    if kind != "code":
        return found.content
    longest = max((len(one) for one in _BACKTICKS.findall(found.content)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{language}\n{found.content}\n{fence}"


def _read(mark: re.Match[str]) -> str:
    kind, *fields = mark[2].split(_SEPARATOR)
    if kind == _LINK and len(fields) > 1:
        return f"{mark[1]}[{fields[0]}]({fields[1]})"
    if kind == _ENTITY and fields:
        return mark[1] + _name(fields[0])
    return ""


def _name(entity: str) -> str:
    """The name in an entity's JSON: a list of its kind, its name and more."""
    try:
        fields = msgspec.json.decode(entity, type=list[Any])
    except msgspec.MsgspecError:
        return ""
    return str(fields[1]) if len(fields) > 1 else ""
