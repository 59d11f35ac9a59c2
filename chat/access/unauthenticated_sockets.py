"""Sockets that have not said yet whose they are: few, from one place and in all."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings

Hurry = Callable[[], None]
"""Ends a socket's time to say hello."""
_TIME_TO_SPEAK = 1.0
"""Seconds a socket keeps its place for, however many come: enough for a phone far away."""


@dataclass(frozen=True, slots=True)
class _Waiting:
    place: str
    since: float


class Lobby:
    """Counts them; used from one event loop."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._waiting: dict[Hurry, _Waiting] = {}
        self._places: Counter[str] = Counter()

    def __len__(self) -> int:
        return len(self._waiting)

    def enter(self, place: str, hurry: Hurry) -> bool:
        """Whether there is room for one more from there.

        With all places taken the one that has waited longest is hurried out, unless it came just
        now: a phone says hello within milliseconds, and whoever came only to fill the lobby has
        the oldest places.
        """
        if self._places[place] >= settings.MYLLM_UNPAIRED_SOCKETS_PER_ADDRESS:
            return False
        if len(self) >= settings.MYLLM_UNPAIRED_SOCKETS and not self._hurry_one_out():
            return False
        self._waiting[hurry] = _Waiting(place, self._clock())
        self._places[place] += 1
        return True

    def _hurry_one_out(self) -> bool:
        longest, waiting = next(iter(self._waiting.items()))
        if self._clock() - waiting.since < _TIME_TO_SPEAK:
            return False
        self.leave(longest)
        longest()
        return True

    def leave(self, hurry: Hurry) -> None:
        """It is known now, or gone. Idempotent."""
        waiting = self._waiting.pop(hurry, None)
        if waiting is None:
            return
        self._places[waiting.place] -= 1
        if not self._places[waiting.place]:
            del self._places[waiting.place]


lobby = Lobby()
"""Of this process."""
