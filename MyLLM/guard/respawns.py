"""How often a server that crashed is started again, and after how long."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable

DELAYS = (1, 2, 5, 15, 30)


class Respawns:
    """At most so many within so many minutes, each after the next of `DELAYS`, and the last of
    them from then on.
    """

    def __init__(
        self, most: int, minutes: int, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.minutes = minutes
        self._most = most
        self._clock = clock
        self._crashes: deque[float] = deque()

    @property
    def crashes(self) -> int:
        """Those of the latest minutes that count."""
        return len(self._crashes)

    def crashed(self) -> int | None:
        """Seconds until it is to be started, now that it crashed once more; None: no more."""
        now = self._clock()
        while self._crashes and self._crashes[0] <= now - 60 * self.minutes:
            self._crashes.popleft()
        self._crashes.append(now)
        if self.crashes > self._most:
            return None
        return DELAYS[min(self.crashes, len(DELAYS)) - 1]
