"""The limits of repetition, by the kind of text that is repeated.

People ask for repetition: thirty to fifty lines of a punishment, an empty table, a matrix of
zeros, laughter, a calendar. Each kind therefore has limits above what is commonly asked for, and
a loop goes on for ever, so it reaches them all the same. A unit is what comes again and again,
with `counters.COUNTER` in place of its line's number.
"""

from __future__ import annotations

from dataclasses import dataclass

from inference.text.counters import COUNTER

SHORTEST = 100
"""No text of fewer characters is ever a loop."""


@dataclass(frozen=True, slots=True)
class Threshold:
    """A loop is certain after `times` units, but never before `least` characters.

    Units so long that this were more than `most` characters are not waited for as often; each has
    to come `least_times`.
    """

    least: int
    times: int = 0
    most: int = 0
    least_times: int = 4

    def limit(self, period: int) -> int:
        """Characters of a loop whose unit has `period` of them."""
        return max(self.least, self.least_times * period, min(self.times * period, self.most))


_BLANK_LINES = Threshold(SHORTEST)
_BLANKS = Threshold(400)
"""Indents and the gaps in drawings are shorter."""
_RULES = Threshold(600)
"""A hundred times `-----` is a separator."""
_NUMBERS = Threshold(1200)
"""Four hundred zeros."""
_COLUMNS = Threshold(6000)
"""Numbers one below the other are counted up, 1..500, or the rows of a matrix."""
_CODE = Threshold(600, times=120, most=2400, least_times=8)
"""Tables, matrices and lists of equal objects: a hundred short rows, or thirty of a line each."""
_LINES = Threshold(300, times=54, most=1600)
"""Up to fifty lines are asked for, of a sentence at most."""
_NUMBERED_LINES = Threshold(300, times=34, most=2400)
"""The days of a month, each with the same to do."""
_PARAGRAPHS = Threshold(500, times=6, most=1000)
"""A chorus comes two or three times at a song's end."""
_SYLLABLES = Threshold(300)
"""Laughter has no end either."""
_SENTENCES = Threshold(200, times=8, most=600)
"""A refrain or a doubt (`Wait, let me check again`) comes a few times on end."""
_ASKED = Threshold(300, times=240, most=8000)
"""Words that the person wrote as well may be what is to be repeated, a hundred times perhaps."""

_SYLLABLE = 4
_LONGEST_LINE = 64
_RULE_MARKS = frozenset("-=_*~#+.·•|:─━═—… \n")
CODE_MARKS = frozenset("{}[]|<>;=\\&")
_CALL_MARKS = frozenset("()\"'")
"""In a code block; elsewhere they are prose. Without any mark a code block holds prose as well."""


def limit(unit: str, in_code: bool) -> int:
    """After how many characters of nothing but this unit the text is in a loop."""
    return _threshold(unit, in_code).limit(len(unit))


def limit_if_asked(unit: str, asked: str) -> int:
    """The same where the unit's words were asked for in `asked`, else 0."""
    return _ASKED.limit(len(unit)) if _is_asked(_letters(unit), _letters(asked)) else 0


def _threshold(unit: str, in_code: bool) -> Threshold:
    marks = set(unit)
    if unit.isspace():
        return _BLANK_LINES if "\n" in marks else _BLANKS
    if not any(map(str.isalpha, marks)):
        return _without_words(marks)
    if marks & CODE_MARKS or (in_code and marks & _CALL_MARKS):
        return _CODE
    if "\n" in marks:
        return _of_lines(unit)
    return _SYLLABLES if len(unit) <= _SYLLABLE else _SENTENCES


def _of_lines(unit: str) -> Threshold:
    if COUNTER in unit:
        return _NUMBERED_LINES
    return _LINES if len(unit) <= _LONGEST_LINE else _PARAGRAPHS


def _without_words(marks: set[str]) -> Threshold:
    if COUNTER in marks or any(map(str.isdigit, marks)):
        return _COLUMNS if "\n" in marks else _NUMBERS
    if "\n" in marks or marks & CODE_MARKS:
        return _CODE
    return _RULES if marks <= _RULE_MARKS else _SYLLABLES


def _letters(text: str) -> str:
    return "".join(filter(str.isalpha, text)).casefold()


_LONGEST_ASKED = 400


def _is_asked(words: str, asked: str) -> bool:
    """Whether the unit, wherever in it the loop was cut, is part of what was asked. One letter
    is part of everything.
    """
    if not 2 <= len(words) <= _LONGEST_ASKED:
        return False
    return any(words[at:] + words[:at] in asked for at in range(len(words)))
