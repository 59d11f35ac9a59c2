"""How much of the same is too much, by what is repeated.

People ask for repetition: thirty to fifty lines of a punishment, an empty table, a matrix of
zeros, laughter, a calendar. Each kind therefore has limits above what was ever asked for, and a
loop goes on for ever, so it reaches them all the same. A unit is what comes again and again, with
`counters.COUNTER` in place of its line's number.
"""

from __future__ import annotations

from dataclasses import dataclass

from inference.text.counters import COUNTER

SHORTEST = 100
"""No text of fewer characters is ever a loop."""


@dataclass(frozen=True, slots=True)
class Patience:
    """A loop is certain after `usual` characters, or `times` units where these are fewer; but
    never before `least` characters or `least_times` units.
    """

    least: int
    usual: int
    times: int
    least_times: int = 5

    def limit(self, period: int) -> int:
        """Characters of a loop whose unit has `period` of them."""
        enough = min(self.usual, self.times * period)
        return max(self.least, self.least_times * period, enough)


_BLANK_LINES = Patience(SHORTEST, SHORTEST, SHORTEST)
_BLANKS = Patience(400, 400, 400)
"""Indents and the gaps in drawings are shorter."""
_NUMBERS = Patience(6000, 6000, 6000)
"""Numbers alone are counted up: 1..500, or a column of zeros."""
_RULES = Patience(600, 600, 600)
"""A hundred times `-----` is a separator."""
_CODE = Patience(600, 3000, 120, least_times=8)
"""Tables, matrices and lists of equal objects: a hundred short rows, or thirty long ones."""
_LINES = Patience(300, 1400, 54, least_times=4)
"""Up to fifty short lines are asked for; of longer ones fewer."""
_SENTENCES = Patience(300, 300, 300, least_times=4)
"""In one paragraph nobody says the same sentence five times on end, a refrain or a doubt (`Wait,
let me check again`) four times at most. Short words take longer: laughter has no end either.
"""
_ASKED = Patience(300, 8000, 240, least_times=4)
"""Words that the person wrote as well may be what was to be repeated, a hundred times perhaps."""

_RULE_MARKS = frozenset("-=_*~#+.·•|:─━═—… \n")
_CODE_MARKS = frozenset("{}[]|<>;=\\&")


def limit(unit: str, in_code: bool) -> int:
    """After how many characters of nothing but this unit the text is in a loop."""
    return _patience(unit, in_code).limit(len(unit))


def limit_if_asked(unit: str, asked: str) -> int:
    """The same where the unit's words were asked for in `asked`, else 0."""
    return _ASKED.limit(len(unit)) if _is_asked(_letters(unit), _letters(asked)) else 0


def _patience(unit: str, in_code: bool) -> Patience:
    marks = set(unit)
    if unit.isspace():
        return _BLANK_LINES if "\n" in marks else _BLANKS
    if not any(map(str.isalpha, marks)):
        return _without_words(marks)
    if in_code or marks & _CODE_MARKS:
        return _CODE
    return _LINES if "\n" in marks else _SENTENCES


def _without_words(marks: set[str]) -> Patience:
    if COUNTER in marks or any(map(str.isdigit, marks)):
        return _NUMBERS
    if "\n" in marks or marks & _CODE_MARKS:
        return _CODE
    return _RULES if marks <= _RULE_MARKS else _SENTENCES


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
