"""The addresses of this computer's interfaces, cached for a short time."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

from chat.network.addresses import of_this_computer
from chat.network.host import IPAddress

FRESH_SECONDS = 2.0
"""The lifetime of the cache: networks change, and requests must not cause frequent queries."""


class OwnAddresses:
    """Used from one event loop. The system is queried in a thread."""

    def __init__(
        self, ask: Callable[[], frozenset[IPAddress]], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._ask = ask
        self._clock = clock
        self._renewed_at: float | None = None
        self._snapshot: frozenset[IPAddress] = frozenset()
        self._asking: asyncio.Task[None] | None = None

    async def snapshot(self) -> frozenset[IPAddress]:
        """The addresses, at most `FRESH_SECONDS` old. Concurrent calls share one query."""
        if self._is_fresh():
            return self._snapshot
        if self._asking is None or self._asking.done():
            self._asking = asyncio.create_task(self._renew(), name="own addresses")
        await asyncio.shield(self._asking)
        return self._snapshot

    def _is_fresh(self) -> bool:
        return self._renewed_at is not None and self._clock() - self._renewed_at < FRESH_SECONDS

    async def _renew(self) -> None:
        self._snapshot = await asyncio.to_thread(self._ask)
        self._renewed_at = self._clock()


own_addresses = OwnAddresses(of_this_computer)
"""The cache of this process."""
