"""How often somebody may try a pairing code: ever more slowly, from one place and in all."""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from chat.errors import ChatError, ErrorCode

_FORGOTTEN_AFTER = 3600.0
_LONGEST_FROM_ONE = 900.0
_LONGEST_IN_ALL = 60.0
"""Shorter: whoever tries from many places must not keep the owner's own phone out for long."""
_PLACES = 1024


@dataclass(slots=True)
class _Failures:
    """Attempts in a row that came to nothing, and when the next is allowed."""

    count: int = 0
    latest: float = 0.0
    open_at: float = 0.0

    def add(self, now: float, free: int, longest: float) -> None:
        if now - self.latest > _FORGOTTEN_AFTER:
            self.count = 0
        self.count += 1
        self.latest = now
        if self.count >= free:
            self.open_at = now + min(2.0 ** min(self.count - free, 30), longest)


class Attempts:
    """The first few are free, then each one doubles the time to the next."""

    def __init__(
        self, per_place: int, in_all: int, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._per_place = per_place
        self._in_all = in_all
        self._clock = clock
        self._all = _Failures()
        self._places: OrderedDict[str, _Failures] = OrderedDict()

    def take(self, place: str) -> None:
        """Count one that has failed unless `succeed` follows: many at once cannot slip in before
        the first is answered. Raises `ChatError` with `too_many_attempts`.
        """
        now = self._clock()
        failures = self._places.get(place) or _Failures()
        wait = max(failures.open_at, self._all.open_at) - now
        if wait > 0:
            raise ChatError(ErrorCode.TOO_MANY_ATTEMPTS, seconds=math.ceil(wait))
        failures.add(now, self._per_place, _LONGEST_FROM_ONE)
        self._all.add(now, self._in_all, _LONGEST_IN_ALL)
        self._remember(place, failures)

    def succeed(self, place: str) -> None:
        """The latest attempt from there was a good one."""
        self._places.pop(place, None)
        self._all.count -= 1
        if self._all.count < self._in_all:
            self._all.open_at = 0.0

    def _remember(self, place: str, failures: _Failures) -> None:
        self._places[place] = failures
        self._places.move_to_end(place)
        if len(self._places) > _PLACES:
            self._places.popitem(last=False)
