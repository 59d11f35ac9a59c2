"""How many tokens one step takes, so that whoever reads does not wait long for the next one.

Long steps prefill fastest, and while one lasts nobody's answer goes on. How long that is depends
on the machine a thousandfold, so it is measured.
"""

from __future__ import annotations

STALL_SECONDS = 0.4
"""A pause in an answer that a reader forgives while somebody else's question is read."""

_FEWEST = 32


class StepBudget:
    """Between a few tokens and `most`. Alone, prompts take `most`: there is nobody to wait."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._beside = most

    def tokens(self, decodes: int) -> int:
        """For a step in which so many decode; they count in it."""
        return self._beside if decodes else self._most

    def observe(self, tokens: int, seconds: float) -> None:
        """A step that was full took so long; the next one beside decodes aims at the stall."""
        wanted = tokens * STALL_SECONDS / seconds if seconds > 0 else self._most
        halfway = (self._beside + wanted) / 2
        self._beside = int(min(max(halfway, min(_FEWEST, self._most)), self._most))
