"""The limit on sockets that are not authenticated yet, from one address and in all."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from chat.conf import conf

Expire = Callable[[], None]
"""Closes a socket that has sent no `hello`."""
_LEAST_SECONDS = 1.0
"""The age from which a socket may be evicted: enough for the `hello` of a slow phone."""


@dataclass(frozen=True, slots=True)
class _Waiting:
    address: str
    since: float


class UnauthenticatedSockets:
    """Counts them; used from one event loop."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._waiting: dict[Expire, _Waiting] = {}
        self._by_address: Counter[str] = Counter()

    def __len__(self) -> int:
        return len(self._waiting)

    def enter(self, address: str, expire: Expire) -> bool:
        """Whether one more socket from this address is allowed; if so, it is counted.

        At the limit of all sockets the oldest one is evicted, unless it was opened within the last
        second: phones send `hello` within milliseconds, so the oldest sockets are those of a flood.
        """
        if self._by_address[address] >= conf().unpaired_sockets_per_address:
            return False
        if len(self) >= conf().unpaired_sockets and not self._evict_oldest():
            return False
        self._waiting[expire] = _Waiting(address, self._clock())
        self._by_address[address] += 1
        return True

    def _evict_oldest(self) -> bool:
        oldest, waiting = next(iter(self._waiting.items()))
        if self._clock() - waiting.since < _LEAST_SECONDS:
            return False
        self.leave(oldest)
        oldest()
        return True

    def leave(self, expire: Expire) -> None:
        """The socket is authenticated now, or closed. Idempotent."""
        waiting = self._waiting.pop(expire, None)
        if waiting is None:
            return
        self._by_address[waiting.address] -= 1
        if not self._by_address[waiting.address]:
            del self._by_address[waiting.address]


unauthenticated_sockets = UnauthenticatedSockets()
"""The sockets of this process."""
