"""Stop strings, held back: half of one is never shown.

One may begin in one token and end in another, so what could still become one has to wait.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text that is certain now; `stopped` when a stop string ended it."""

    text: str
    stopped: bool = False


class StopStrings:
    """Lets text through until one of `stops` appears, which is not let through itself.

    Where several overlap, the one that is complete first counts, so that it does not matter in
    which pieces the text comes.
    """

    def __init__(self, stops: Sequence[str]) -> None:
        self._stops = [stop for stop in stops if stop]
        self._longest = max((len(stop) for stop in self._stops), default=0)
        self._held = ""

    def push(self, text: str) -> Decoded:
        """The text that can be shown now."""
        self._held += text
        found = [(at + len(s), at) for s in self._stops if (at := self._held.find(s)) >= 0]
        if found:
            _, begin = min(found)
            return Decoded(self._release(begin), stopped=True)
        return Decoded(self._release(len(self._held) - self._undecided()))

    def flush(self) -> str:
        """The rest of the text, at the end of the run."""
        return self._release(len(self._held))

    def _undecided(self) -> int:
        """The longest tail that some stop string begins with."""
        for length in range(min(self._longest - 1, len(self._held)), 0, -1):
            tail = self._held[-length:]
            if any(stop.startswith(tail) for stop in self._stops):
                return length
        return 0

    def _release(self, length: int) -> str:
        text, self._held = self._held[:length], self._held[length:]
        return text
