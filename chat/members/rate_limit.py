"""The rate limit for secrets that can be guessed: passwords, and the six digits of a screen."""

from __future__ import annotations

import hashlib
import secrets
import time
from collections import Counter, OrderedDict
from dataclasses import dataclass

from chat.members.failure_counts import Clock, FailureCounts

_LONGEST_FOR_ADDRESS = 900.0
_LONGEST_FOR_TARGET = 60.0
_LONGEST_FOR_FIRST_TRY = 5.0
_TARGETS = 4096
_ADDRESSES = 1024


@dataclass(frozen=True, slots=True)
class Attempt:
    """One that was allowed. It counts as a failure until `Attempts.succeed` is told of it."""

    address: str
    target: str
    is_first_try: bool


class Attempts:
    """Failures are counted by address, and by target: the account a password is for, say.

    - By address the wait grows to 15 minutes. A success takes back what this address failed at
      with this target, and nothing it failed at with others: somebody with an account of their own
      cannot use it to go on guessing at another's.
    - By target, over all addresses, the wait grows to a minute only. It slows guessing from many
      addresses to some 1,440 guesses a day, and whoever keeps failing on purpose keeps nobody out
      for ever.
    - An attempt by an address without a failure in the last hour is counted apart, with a wait of
      five seconds at most. An attacker who fails again whenever a wait is over thus holds up other
      addresses that failed, and not the member who types the right password on a new screen; to
      hold that up too, more than 700 fresh addresses an hour would be needed.

    Nothing here concerns a device that is paired already, nor a pairing code: that has 128 bits
    and is never guessed. Targets are counted in a fixed number of buckets by a keyed hash, so that
    no flood of made-up names makes an account's failures forgotten. Memory is bounded.
    """

    def __init__(self, per_address: int, per_target: int, clock: Clock = time.monotonic) -> None:
        self._addresses = FailureCounts(per_address, _LONGEST_FOR_ADDRESS, clock, _ADDRESSES)
        self._targets = FailureCounts(per_target, _LONGEST_FOR_TARGET, clock, _TARGETS)
        self._first_tries = FailureCounts(per_target, _LONGEST_FOR_FIRST_TRY, clock, _TARGETS)
        self._failed_at: OrderedDict[str, Counter[str]] = OrderedDict()
        self._key = secrets.token_bytes(16)

    def take(self, address: str, target: str) -> Attempt:
        """Count a failure in advance: many at once cannot slip in before the first is answered.

        Raises `ChatError` with `too_many_attempts`; an attempt that is refused counts nothing.
        """
        attempt = Attempt(address, self._bucket(target), address not in self._addresses)
        self._addresses.check(address)
        self._lane(attempt).check(attempt.target)
        if attempt.is_first_try:
            self._failed_at.pop(address, None)
        self._addresses.add(address)
        self._lane(attempt).add(attempt.target)
        self._remember(attempt)
        return attempt

    def succeed(self, attempt: Attempt) -> None:
        """The secret was right, so the address's failures with this target were slips."""
        slips = self._failed_at.get(attempt.address, Counter()).pop(attempt.target, 0)
        self._addresses.take_back(attempt.address, slips)
        self._lane(attempt).take_back(attempt.target)

    def withdraw(self, attempt: Attempt) -> None:
        """The secret was not looked at."""
        failed = self._failed_at.get(attempt.address, Counter())
        if failed[attempt.target] > 0:
            failed[attempt.target] -= 1
            self._addresses.take_back(attempt.address)
        self._lane(attempt).take_back(attempt.target)

    def _lane(self, attempt: Attempt) -> FailureCounts:
        return self._first_tries if attempt.is_first_try else self._targets

    def _bucket(self, target: str) -> str:
        content = target.encode(errors="replace")
        hashed = hashlib.blake2b(content, digest_size=8, key=self._key).digest()
        return str(int.from_bytes(hashed) % _TARGETS)

    def _remember(self, attempt: Attempt) -> None:
        self._failed_at.setdefault(attempt.address, Counter())[attempt.target] += 1
        self._failed_at.move_to_end(attempt.address)
        if len(self._failed_at) > _ADDRESSES:
            self._failed_at.popitem(last=False)
