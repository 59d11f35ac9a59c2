"""How often, and after how long, a crashed server is started again."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable

DELAYS = (1, 2, 5, 15, 30)


class Respawns:
    """At most `most` starts within `minutes`, after the delays of `DELAYS` one after the other; the
    last delay is repeated.
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
        """The number of crashes in the latest minutes."""
        return len(self._crashes)

    def crashed(self) -> int | None:
        """Record a crash. Returns the seconds until the next start; None if there is none."""
        now = self._clock()
        while self._crashes and self._crashes[0] <= now - 60 * self.minutes:
            self._crashes.popleft()
        self._crashes.append(now)
        if self.crashes > self._most:
            return None
        return DELAYS[min(self.crashes, len(DELAYS)) - 1]
