"""The current rate of a download."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable

_SECONDS = 5.0
"""The window: a shorter one varies too much; a longer one hides a source that became slow."""
_LEAST_SECONDS = 0.5


class RateMeter:
    """Bytes a second over the latest seconds. May be used from several threads."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._seen: deque[tuple[float, int]] = deque()
        self._lock = threading.Lock()

    def see(self, done: int) -> None:
        """So many bytes are there now. Fewer than before is a beginning anew."""
        with self._lock:
            if self._seen and done < self._seen[-1][1]:
                self._seen.clear()
            self._seen.append((self._clock(), done))
            self._forget()

    def bytes_per_second(self) -> float | None:
        """The rate; None until enough was measured."""
        with self._lock:
            if not self._seen:
                return None
            self._forget()
            began, first = self._seen[0]
            last = self._seen[-1][1]
        elapsed = self._clock() - began
        return None if elapsed < _LEAST_SECONDS else (last - first) / elapsed

    def _forget(self) -> None:
        """All but the last sight before the window, from which its bytes are counted."""
        begin = self._clock() - _SECONDS
        while len(self._seen) > 1 and self._seen[1][0] <= begin:
            self._seen.popleft()
