"""The queue of completions that wait for space in a KV cache they share."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count

from inference.backends.refusals import closing
from inference.llama_cpp_engine.kv_budget import KvBudget, Share


class KvQueue:
    """Admits completions in the order of their answers. `numbers` gives each its own."""

    def __init__(self, capacity: int) -> None:
        self.numbers = count()
        self._capacity = capacity
        self._budget = KvBudget(capacity)
        self._lock = threading.Lock()
        self._waiting: list[Reservation] = []
        self._closed = False

    def fits(self, share: Share) -> bool:
        """Whether it could begin now if it were first in the queue."""
        with self._lock:
            return self._budget.fits(share)

    def is_beyond(self, tokens: int) -> bool:
        """Whether a prompt, counted message by message, is too long even alone. Where it is not,
        the share grows and others are preempted.
        """
        return tokens > self._capacity + self._capacity // 16

    @asynccontextmanager
    async def reserve(self, share: Share) -> AsyncIterator[Reservation]:
        """Space for the share, until it is left. It waits only for shares already granted.

        Raises `InferenceError` with `shutting_down` once it is closed.
        """
        reservation = Reservation(self, share)
        try:
            self._enter(reservation)
            await reservation.wait()
            if self._closed:
                raise closing()
            yield reservation
        finally:
            self.leave(reservation)

    def grow(self, share: Share, tokens: int) -> bool:
        """See `Reservation`."""
        with self._lock:
            self._budget.grow(share, tokens)
            return share.preempted

    def leave(self, reservation: Reservation) -> None:
        """See `Reservation`."""
        with self._lock:
            if reservation in self._waiting:
                self._waiting.remove(reservation)
            else:
                self._budget.leave(reservation.share)
            self._grant()

    def close(self) -> None:
        """Refuse the waiting shares, and all later ones."""
        with self._lock:
            self._closed = True
            self._grant()

    def _enter(self, reservation: Reservation) -> None:
        with self._lock:
            self._waiting.append(reservation)
            self._waiting.sort(key=lambda each: each.share.number)
            self._grant()

    def _grant(self) -> None:
        while self._waiting and (self._closed or self._budget.fits(self._waiting[0].share)):
            first = self._waiting.pop(0)
            self._budget.enter(first.share)
            first.grant()


class Reservation:
    """Space for one completion. `grow` and `leave` may be called from any thread."""

    def __init__(self, kv: KvQueue, share: Share) -> None:
        self.share = share
        self._kv = kv
        self._given = False
        self._awake = asyncio.Event()
        self._loop = asyncio.get_running_loop()

    async def wait(self) -> None:
        """Wait until the space is granted."""
        if not self._given:
            await self._awake.wait()

    def grant(self) -> None:
        """Grant the space."""
        self._given = True
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._awake.set)

    def grow(self, tokens: int) -> bool:
        """Set the tokens that it holds. Returns whether it has to be interrupted."""
        return self._kv.grow(self.share, tokens)

    def leave(self) -> None:
        """Release the space once llama.cpp has released the completion. Idempotent."""
        self._kv.leave(self)
