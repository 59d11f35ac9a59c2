"""How often a model that crashed is loaded again by itself, and after how long."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

_DELAYS = (1.0, 5.0, 30.0)


@dataclass(frozen=True, slots=True)
class Recovery:
    """`restarts` within `minutes` at most, each after one of `delays`, the last of them from
    then on. A model that works and does no step for `stall_seconds` hangs; 0 never says so.
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
        """Those of the latest minutes that count."""
        return len(self._crashes)

    def crashed(self) -> float | None:
        """Seconds until it is to be loaded again, now that it crashed once more; None: no more."""
        now = self._clock()
        while self._crashes and self._crashes[0] <= now - 60 * self._recovery.minutes:
            self._crashes.popleft()
        self._crashes.append(now)
        if self.crashes > self._recovery.restarts:
            return None
        delays = self._recovery.delays
        return delays[min(self.crashes, len(delays)) - 1]
