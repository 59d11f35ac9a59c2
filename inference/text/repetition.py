"""Detects a text that repeats itself without end, while it is written.

Small models may repeat themselves until they are stopped: a token, a sentence, a whole paragraph,
or a line in which only the number grows.
"""

from __future__ import annotations

from inference.text.code_fence import CodeFence
from inference.text.counters import Counters
from inference.text.thresholds import limit, limit_if_asked

_SEED = 16
"""So many characters seen before are the first sign; looked for once in as many."""
_WINDOW = 4096
"""Characters searched for them. A longer unit is left to the limit on tokens."""


class Repetition:
    """Reads a text piece by piece. How it was cut into pieces changes nothing.

    It holds one period, the distance from the last characters back to where they stood before, and
    counts for how long the text keeps to it: a comparison for each character.
    """

    def __init__(self, asked: str = "") -> None:
        """`asked` is the text of the question; what it contains may be repeated more often."""
        self._asked = asked
        self._counters = Counters()
        self._fence = CodeFence()
        self._text = ""
        self._read = 0
        self._period = 0
        self._length = 0
        self._limit = 0
        self._may_be_asked = True

    def push(self, text: str) -> int | None:
        """Read more text; returns after which character of `text`, counted from 1, the text is in a
        loop.
        """
        certain = [at for at, char in enumerate(text, start=1) if self._is_loop(char)]
        return certain[0] if certain else None

    def _is_loop(self, char: str) -> bool:
        self._fence.read(char)
        plain = self._counters.plain(char)
        if not plain:
            return False
        self._append(plain)
        if self._period and self._text[-1 - self._period] == plain:
            self._length += 1
        else:
            self._period = 0
        if not self._period and self._read % _SEED == 0:
            self._look_back()
        return self._period > 0 and self._is_too_long()

    def _append(self, char: str) -> None:
        self._text += char
        self._read += 1
        if len(self._text) > 2 * _WINDOW:
            self._text = self._text[-_WINDOW:]

    def _look_back(self) -> None:
        """Take the latest earlier occurrence of the last characters, if there is one."""
        text, end = self._text, len(self._text)
        found = text.rfind(text[-_SEED:], max(end - _WINDOW, 0), end - 1)
        if found < 0 or end < _SEED:
            return
        self._period = end - _SEED - found
        self._length = self._period + _SEED + self._agreeing(found)
        self._limit, self._may_be_asked = 0, True

    def _agreeing(self, found: int) -> int:
        """How far the text agrees with itself before the seed."""
        text, period = self._text, self._period
        at = found - 1
        while at >= 0 and text[at] == text[at + period]:
            at -= 1
        return found - 1 - at

    def _is_too_long(self) -> bool:
        """The limit is known once the unit was there twice."""
        if self._length < max(2 * self._period, self._limit):
            return False
        unit = self._text[-self._period :]
        self._limit = self._limit or limit(unit, self._fence.is_open)
        if self._length >= self._limit and self._may_be_asked:
            self._may_be_asked = False
            self._limit = max(self._limit, limit_if_asked(unit, self._asked))
        return self._length >= self._limit
