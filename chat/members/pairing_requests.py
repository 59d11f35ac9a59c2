"""Pairing requests of screens that cannot scan: each shows six digits.

waiting ─ a member types the digits ─▶ approved ─ the screen confirms ─▶ claimed, once

A request also ends when it expires, or when the screen cancels or declines it. Requests are kept in
memory alone, so that unauthenticated clients cannot make the database write.
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

_PER_ADDRESS = 3
_IN_ALL = 256
"""More than a /24 network has addresses, so that each of them can have one."""
_TO_CONFIRM = 120.0


@dataclass(frozen=True, slots=True)
class PairingRequest:
    """`member` is whose device the screen becomes, None until a member approves it; `device` is
    the paired device it was approved on, None for this computer.
    """

    digits: str
    name: str
    address: str
    ends_at: float
    member: StoredMember | None = None
    device: str | None = None


class PairingRequests:
    """All pairing requests that have not ended, each by the digest of its secret."""

    def __init__(self, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._seconds = seconds
        self._clock = clock
        self._waiting: dict[str, PairingRequest] = {}

    def open(self, name: str, address: str) -> tuple[str, PairingRequest]:
        """A new request and its secret, which only that screen knows. At the limit of all requests
        one that nobody approved is removed: the oldest of the address that has most.

        Raises `ChatError` with `too_many_attempts` if the address has too many already.
        """
        here = self.waiting()
        theirs = [each for each in here if each.address == address]
        if len(theirs) >= _PER_ADDRESS:
            self._refuse(theirs)
        if len(here) >= _IN_ALL:
            self._evict_oldest()
        secret = new_code()
        digits = _free_digits({each.digits for each in here})
        opened = PairingRequest(digits, name, address, self._clock() + self._seconds)
        self._waiting[digest(secret)] = opened
        return secret, opened

    def waiting(self) -> list[PairingRequest]:
        """Requests that have not expired, the oldest first."""
        now = self._clock()
        self._waiting = {key: one for key, one in self._waiting.items() if one.ends_at > now}
        return list(self._waiting.values())

    def approve(
        self, digits: str, member: StoredMember, device: str | None = None
    ) -> PairingRequest:
        """The screen may become a device of the member's; it has two minutes or more to confirm.

        Raises `ChatError` with `unknown_request`, also for one that was approved already.
        """
        self.waiting()
        for key, found in self._waiting.items():
            if found.digits == digits and found.member is None:
                until = max(found.ends_at, self._clock() + _TO_CONFIRM)
                self._waiting[key] = replace(found, member=member, device=device, ends_at=until)
                return self._waiting[key]
        raise ChatError(ErrorCode.UNKNOWN_REQUEST)

    def find(self, secret: str) -> PairingRequest:
        """The request with this secret. Raises `ChatError` with `unknown_request`."""
        self.waiting()
        found = self._waiting.get(digest(secret))
        if found is None:
            raise ChatError(ErrorCode.UNKNOWN_REQUEST)
        return found

    def end(self, secret: str) -> PairingRequest:
        """Remove the request: it was claimed, cancelled or declined. Raises as `find`."""
        found = self.find(secret)
        del self._waiting[digest(secret)]
        return found

    def _refuse(self, requests: list[PairingRequest]) -> None:
        left = min(each.ends_at for each in requests) - self._clock()
        raise ChatError(ErrorCode.TOO_MANY_ATTEMPTS, seconds=math.ceil(left))

    def _evict_oldest(self) -> None:
        open_ones = {key: one for key, one in self._waiting.items() if one.member is None}
        if not open_ones:
            self._refuse(list(self._waiting.values()))
        counts = Counter(each.address for each in self._waiting.values())
        oldest_of_most = max(open_ones, key=lambda key: counts[open_ones[key].address])
        del self._waiting[oldest_of_most]


def _free_digits(taken: set[str]) -> str:
    while (digits := new_digits()) in taken:
        pass
    return digits
