"""Failures in a row by key, and the wait before the next attempt that follows from them."""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from chat.errors import ChatError, ErrorCode

Clock = Callable[[], float]
_FORGOTTEN_AFTER = 3600.0


@dataclass(slots=True)
class _Failures:
    count: int
    latest: float
    open_at: float = 0.0


class FailureCounts:
    """The first `free` failures of a key cost nothing; each further one doubles the wait before
    the key's next attempt, from one second up to `longest` seconds.

    A key is forgotten an hour after its latest failure. At most `keys` are kept: beyond that the
    one that failed longest ago is dropped.
    """

    def __init__(
        self, free: int, longest: float, clock: Clock = time.monotonic, keys: int = 1024
    ) -> None:
        self._free = free
        self._longest = longest
        self._clock = clock
        self._keys = keys
        self._failures: OrderedDict[str, _Failures] = OrderedDict()

    def __len__(self) -> int:
        return len(self._failures)

    def __contains__(self, key: str) -> bool:
        found = self._failures.get(key)
        return found is not None and self._clock() - found.latest <= _FORGOTTEN_AFTER

    def check(self, key: str) -> None:
        """Raises `ChatError` with `too_many_attempts` and the seconds left while the key waits."""
        found = self._failures.get(key)
        left = found.open_at - self._clock() if found else 0.0
        if left > 0:
            raise ChatError(ErrorCode.TOO_MANY_ATTEMPTS, seconds=math.ceil(left))

    def add(self, key: str) -> None:
        """Count a failure."""
        now = self._clock()
        count = self._failures[key].count + 1 if key in self else 1
        found = self._failures[key] = _Failures(count, now)
        if count >= self._free:
            found.open_at = now + min(2.0 ** min(count - self._free, 30), self._longest)
        self._failures.move_to_end(key)
        if len(self._failures) > self._keys:
            self._failures.popitem(last=False)

    def take_back(self, key: str, count: int = 1) -> None:
        """Subtract `count` of the key's failures, and end its wait."""
        found = self._failures.get(key)
        if found is None:
            return
        found.count -= count
        found.open_at = 0.0
        if found.count <= 0:
            del self._failures[key]
