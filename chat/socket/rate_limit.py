"""How many frames a socket may send: a bucket that refills with time."""

from __future__ import annotations

import time
from collections.abc import Callable


class TokenBucket:
    """`rate` per second on average, four seconds' worth at once.

    `refused` counts since the bucket was last full: during a flood one in many is still
    allowed, and counting from there would never see that it is one flood.
    """

    def __init__(self, rate: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._rate = rate
        self._size = 4 * rate
        self._clock = clock
        self._level = self._size
        self._filled_at = clock()
        self.refused = 0

    def take(self) -> bool:
        """Whether one more is allowed now."""
        now = self._clock()
        refill = (now - self._filled_at) * self._rate
        self._level = min(self._size, self._level + refill)
        self._filled_at = now
        if self._level < 1:
            self.refused += 1
            return False
        if self._level == self._size:
            self.refused = 0
        self._level -= 1
        return True
