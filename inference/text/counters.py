"""Lines that differ in their number alone, made equal."""

from __future__ import annotations

COUNTER = "\0"
"""Stands for a line's number. Models do not write this character."""
NUMERAL = "\1"
"""Stands for a Chinese numeral that need not count anything: other words begin with one too."""

_DIGITS = frozenset("0123456789０１２３４５６７８９")
_NUMERALS = frozenset("零〇一二三四五六七八九十百千")
_ORDINAL = "第"
_REACH = 12
"""The number counts a line only near its beginning: `13. `, `第十二条：`, `**Step 13:**`."""


class Counters:
    """Replaces the number near the beginning of each line by `COUNTER` or `NUMERAL`.

    Only that one: in a multiplication table the other numbers change too, and it is no loop.
    """

    def __init__(self) -> None:
        self._column = 0
        self._found = False
        self._inside = False
        self._before = "\n"

    def plain(self, char: str) -> str:
        """What stands for the text's next character: itself, a number's sign, or nothing."""
        before, self._before = self._before, char
        if before == "\n":
            self._column, self._found, self._inside = 0, False, False
        self._column += 1
        if char not in _DIGITS and char not in _NUMERALS:
            self._inside = False
            return char
        if self._inside:
            return ""
        if self._found or self._column > _REACH:
            return char
        self._found = self._inside = True
        return COUNTER if char in _DIGITS or before == _ORDINAL else NUMERAL


def is_numbered(line: str) -> bool:
    """Whether a number was replaced in the line."""
    return COUNTER in line or NUMERAL in line
