"""How often a crashed model is loaded again automatically, and after how long."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

_DELAYS = (1.0, 5.0, 30.0)


@dataclass(frozen=True, slots=True)
class Recovery:
    """`restarts` within `minutes` at most, each after one of `delays`, the last of them from
    then on. A model that is busy and does no step for `stall_seconds` hangs; 0 turns that off.
    """

    restarts: int = 5
    minutes: int = 10
    stall_seconds: float = 300.0
    delays: tuple[float, ...] = _DELAYS


class Restarts:
    """Counts the crashes of one model."""

    def __init__(self, recovery: Recovery, clock: Callable[[], float] = time.monotonic) -> None:
        self._recovery = recovery
        self._clock = clock
        self._crashes: deque[float] = deque()

    @property
    def crashes(self) -> int:
        """The number of crashes within the last `minutes`."""
        return len(self._crashes)

    def crashed(self) -> float | None:
        """Count a crash. Returns the seconds until the model is loaded again; None: it is not."""
        now = self._clock()
        while self._crashes and self._crashes[0] <= now - 60 * self._recovery.minutes:
            self._crashes.popleft()
        self._crashes.append(now)
        if self.crashes > self._recovery.restarts:
            return None
        delays = self._recovery.delays
        return delays[min(self.crashes, len(delays)) - 1]
