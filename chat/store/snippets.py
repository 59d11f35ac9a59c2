"""The part of a text in which words were found, with the places of the words in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from chat.text.graphemes import boundary_before

_BEFORE = 30
_LENGTH = 160


@dataclass(frozen=True, slots=True)
class Snippet:
    """`marks` are beginnings and ends of the words in `text`, counted in characters.

    In JavaScript, `[...text]` counts the same; plain indexes count halves of an emoji. `before`
    and `after` tell whether the whole text goes on there.
    """

    text: str
    marks: list[tuple[int, int]]
    before: bool
    after: bool


def snippet(text: str, words: Sequence[str]) -> Snippet:
    """The text around the first place of any word; its beginning where none is found."""
    pattern = re.compile("|".join(map(re.escape, words)), re.IGNORECASE)
    first = pattern.search(text)
    start = boundary_before(text, max((first.start() if first else 0) - _BEFORE, 0))
    end = boundary_before(text, min(start + _LENGTH, len(text)))
    shown = text[start:end]
    marks = [found.span() for found in pattern.finditer(shown)]
    return Snippet(shown, marks, start > 0, end < len(text))
