"""Screens that cannot scan: each shows six digits until somebody inside lets it in.

Kept in memory alone, so that nobody outside makes the database write.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass

from chat.access.tokens import digest, new_code, new_digits
from chat.errors import ChatError, ErrorCode

_PER_PLACE = 3
_IN_ALL = 32


@dataclass(slots=True)
class Knock:
    """A screen that waits. `member` is whose device it will be, once somebody said so."""

    digits: str
    name: str
    place: str
    ends_at: float
    member: str | None = None


class Knocks:
    """All screens that wait now, each by the digest of its request."""

    def __init__(self, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._seconds = seconds
        self._clock = clock
        self._waiting: dict[str, Knock] = {}

    def open(self, name: str, place: str) -> tuple[str, Knock]:
        """The request only that screen knows, and what others see of it.

        Raises `ChatError` with `too_many_attempts` while too many wait.
        """
        here = self.waiting()
        theirs = [knock for knock in here if knock.place == place]
        crowd = theirs if len(theirs) >= _PER_PLACE else here if len(here) >= _IN_ALL else []
        if crowd:
            left = min(knock.ends_at for knock in crowd) - self._clock()
            raise ChatError(ErrorCode.TOO_MANY_ATTEMPTS, seconds=math.ceil(left))
        request = new_code()
        digits = _free_digits({knock.digits for knock in here})
        knock = Knock(digits, name, place, self._clock() + self._seconds)
        self._waiting[digest(request)] = knock
        return request, knock

    def waiting(self) -> list[Knock]:
        """Those whose time is not over, the oldest first."""
        now = self._clock()
        self._waiting = {key: one for key, one in self._waiting.items() if one.ends_at > now}
        return list(self._waiting.values())

    def approve(self, digits: str, member: str) -> Knock:
        """Let it in as a device of the member's. Raises `ChatError`: `unknown_request`."""
        for knock in self.waiting():
            if knock.digits == digits and knock.member is None:
                knock.member = member
                return knock
        raise ChatError(ErrorCode.UNKNOWN_REQUEST)

    def claim(self, request: str) -> Knock:
        """The request's knock; one that was approved is given out this once.

        Raises `ChatError` with `unknown_request`.
        """
        self.waiting()
        key = digest(request)
        knock = self._waiting.get(key)
        if knock is None:
            raise ChatError(ErrorCode.UNKNOWN_REQUEST)
        if knock.member is not None:
            del self._waiting[key]
        return knock


def _free_digits(taken: set[str]) -> str:
    while (digits := new_digits()) in taken:
        pass
    return digits
