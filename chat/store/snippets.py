"""The part of a text in which words were found, with the positions of the words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from chat.text.graphemes import boundary_before

_BEFORE = 30
_LENGTH = 160


@dataclass(frozen=True, slots=True)
class Snippet:
    """`marks` are the starts and ends of the words in `text`, in code points, which is how
    JavaScript's `[...text]` counts, too.

    `before` and `after` are true if the whole text continues there.
    """

    text: str
    marks: list[tuple[int, int]]
    before: bool
    after: bool


def snippet(text: str, words: Sequence[str]) -> Snippet:
    """The text around the first match of any word; the beginning if there is none."""
    pattern = re.compile("|".join(map(re.escape, words)), re.IGNORECASE)
    first = pattern.search(text)
    start = boundary_before(text, max((first.start() if first else 0) - _BEFORE, 0))
    end = boundary_before(text, min(start + _LENGTH, len(text)))
    shown = text[start:end]
    marks = [found.span() for found in pattern.finditer(shown)]
    return Snippet(shown, marks, start > 0, end < len(text))
