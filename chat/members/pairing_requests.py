"""Pairing requests of screens that cannot scan: each shows six digits.

waiting ─ a member types the digits ─▶ approved ─ the screen confirms ─▶ claimed, once

A request ends as well when its time is over, or when the screen cancels or declines it. Kept in
memory alone, so that nobody outside makes the database write.
"""

from __future__ import annotations

import math
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace

from chat.errors import ChatError, ErrorCode
from chat.members.tokens import digest, new_code, new_digits
from chat.store.members import StoredMember

_PER_PLACE = 3
_IN_ALL = 256
"""More than one /24 network has addresses, so that each of them has a place there."""
_TO_CONFIRM = 120.0


@dataclass(frozen=True, slots=True)
class Knock:
    """A pairing request. `member` is whose device the screen becomes, once somebody approved on
    the paired `device`, or without one at the computer itself.
    """

    digits: str
    name: str
    place: str
    ends_at: float
    member: StoredMember | None = None
    device: str | None = None


class Knocks:
    """All pairing requests that have not ended, each by the digest of its secret."""

    def __init__(self, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._seconds = seconds
        self._clock = clock
        self._waiting: dict[str, Knock] = {}

    def open(self, name: str, place: str) -> tuple[str, Knock]:
        """The secret only that screen knows, and its request. When all places are taken, one
        that nobody approved gives way: the oldest of the address that has most.

        Raises `ChatError` with `too_many_attempts` where the address has too many already.
        """
        here = self.waiting()
        theirs = [knock for knock in here if knock.place == place]
        if len(theirs) >= _PER_PLACE:
            self._refuse(theirs)
        if len(here) >= _IN_ALL:
            self._make_room()
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

    def approve(self, digits: str, member: StoredMember, device: str | None = None) -> Knock:
        """The screen may become a device of the member's; it has two minutes or more to confirm.

        Raises `ChatError` with `unknown_request`, also for one that was approved already.
        """
        self.waiting()
        for key, knock in self._waiting.items():
            if knock.digits == digits and knock.member is None:
                until = max(knock.ends_at, self._clock() + _TO_CONFIRM)
                self._waiting[key] = replace(knock, member=member, device=device, ends_at=until)
                return self._waiting[key]
        raise ChatError(ErrorCode.UNKNOWN_REQUEST)

    def find(self, request: str) -> Knock:
        """The request with this secret. Raises `ChatError` with `unknown_request`."""
        self.waiting()
        knock = self._waiting.get(digest(request))
        if knock is None:
            raise ChatError(ErrorCode.UNKNOWN_REQUEST)
        return knock

    def end(self, request: str) -> Knock:
        """The same, and from now on nobody finds it: it was claimed, cancelled or declined."""
        knock = self.find(request)
        del self._waiting[digest(request)]
        return knock

    def _refuse(self, crowd: list[Knock]) -> None:
        left = min(knock.ends_at for knock in crowd) - self._clock()
        raise ChatError(ErrorCode.TOO_MANY_ATTEMPTS, seconds=math.ceil(left))

    def _make_room(self) -> None:
        open_ones = {key: one for key, one in self._waiting.items() if one.member is None}
        if not open_ones:
            self._refuse(list(self._waiting.values()))
        counts = Counter(knock.place for knock in self._waiting.values())
        oldest_of_most = max(open_ones, key=lambda key: counts[open_ones[key].place])
        del self._waiting[oldest_of_most]


def _free_digits(taken: set[str]) -> str:
    while (digits := new_digits()) in taken:
        pass
    return digits
