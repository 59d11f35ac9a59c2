"""What is found in a model's text. The texts of all events, joined, are the text that was read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class ToolCall:
    """A tool's name and its arguments, decoded but not checked against the tool's schema."""

    name: str
    arguments: dict[str, Any]


@dataclass(frozen=True, slots=True)
class AnswerText:
    """Text for the person who asked. It is never empty."""

    text: str


@dataclass(frozen=True, slots=True)
class CallBegun:
    """The name of an offered tool is known. Calls are numbered from 0, finished or not."""

    index: int
    name: str


@dataclass(frozen=True, slots=True)
class CallFinished:
    """Call `index` is complete; `text` is what it was read from, with the markers before it."""

    index: int
    call: ToolCall
    text: str


@dataclass(frozen=True, slots=True)
class CallMalformed:
    """Call `index` cannot be read: `text` goes back to the answer; `reason` is English."""

    index: int
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Markup:
    """Markers of the format after a call, which are not shown."""

    text: str


CallEvent = AnswerText | CallBegun | CallFinished | CallMalformed | Markup
