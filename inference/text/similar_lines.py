"""Paragraphs that differ in a word or two, one after the other: a loop with a varying word.

"Then he tried a rope, but a rope was too short. Then he tried a stick, but …": the surrounding
words stay the same, and the varying ones recur only after a while.
"""

from __future__ import annotations

from unicodedata import east_asian_width

from inference.text.code_fence import CodeFence
from inference.text.counters import Counters, is_numbered
from inference.text.thresholds import CODE_MARKS

TIMES = 8
"""So many lines like the one before, in a row, are a loop. A list that was asked for has shorter
lines, or changes more of them.
"""
LEAST = 1000
"""Columns that these lines take together; a Chinese character takes two."""
_SHORTEST_LINE = 40
"""Columns of letters."""
_ALIKE = 0.7
"""How much of a line its beginning and its end have in common with the line before."""


class SimilarLines:
    """Reads a text piece by piece. How it was cut into pieces changes nothing."""

    def __init__(self) -> None:
        self._counters = Counters()
        self._fence = CodeFence()
        self._line: list[str] = []
        self._before = ""
        self._times = 0
        self._length = 0

    def push(self, text: str) -> int | None:
        """Read more text; returns after which character of `text`, counted from 1, the text is in a
        loop.
        """
        certain = [at for at, char in enumerate(text, start=1) if self._is_loop(char)]
        return certain[0] if certain else None

    def _is_loop(self, char: str) -> bool:
        self._fence.read(char)
        plain = self._counters.plain(char)
        if char != "\n":
            self._line.append(plain)
            return False
        line = "".join(self._line).strip()
        self._line.clear()
        if line:
            self._end(line)
        return self._times >= TIMES and self._length >= LEAST

    def _end(self, line: str) -> None:
        """Count a line that is not blank."""
        before, self._before = self._before, line
        if line == before and not is_numbered(line):
            return  # `Repetition` knows how often equal ones may come
        if self._fence.is_open or set(line) & CODE_MARKS or not _is_alike(line, before):
            self._times = self._length = 0
            return
        self._times += 1
        self._length += _columns(line)


def _is_alike(line: str, before: str) -> bool:
    """Whether the two begin and end the same, with little between."""
    shorter, longer = sorted((len(line), len(before)))
    if shorter < _ALIKE * longer or not _has_words(line):
        return False
    begin = _common(line, before)
    end = _common(line[begin:][::-1], before[begin:][::-1])
    return begin + end >= _ALIKE * longer


def _has_words(line: str) -> bool:
    return _columns("".join(filter(str.isalpha, line))) >= _SHORTEST_LINE


def _columns(text: str) -> int:
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)


def _common(one: str, other: str) -> int:
    """How many characters both begin with."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))
