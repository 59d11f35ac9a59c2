"""The result of one check."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from chat.terminal.language import pick


class Verdict(Enum):
    """How much a finding matters to a phone."""

    GOOD = "good"
    NOTE = "note"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line: the state and, unless it is good, what to do."""

    verdict: Verdict
    sentence: str


def good(chinese: str, english: str) -> Finding:
    return Finding(Verdict.GOOD, pick(chinese, english))


def note(chinese: str, english: str) -> Finding:
    """Worth knowing; phones can connect all the same."""
    return Finding(Verdict.NOTE, pick(chinese, english))


def bad(chinese: str, english: str) -> Finding:
    """This keeps phones from connecting, or leaves them without an answer."""
    return Finding(Verdict.BAD, pick(chinese, english))
