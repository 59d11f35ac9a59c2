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
    """Lets them begin in the order in which their answers came. `numbers` gives each its own."""

    def __init__(self, capacity: int) -> None:
        self.numbers = count()
        self._capacity = capacity
        self._budget = KvBudget(capacity)
        self._lock = threading.Lock()
        self._waiting: list[Reservation] = []
        self._closed = False

    def fits(self, share: Share) -> bool:
        """Whether it could begin now, were it the first to begin."""
        with self._lock:
            return self._budget.fits(share)

    def is_beyond(self, tokens: int) -> bool:
        """Whether a prompt counted message by message is too long even alone; were it not, the
        share grows and others give way.
        """
        return tokens > self._capacity + self._capacity // 16

    @asynccontextmanager
    async def reserve(self, share: Share) -> AsyncIterator[Reservation]:
        """Space for the share, until it is left. It waits for those alone that were granted theirs.

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
        """Refuse those that wait, and every later one."""
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
        """Returns once it is given, at once where it is."""
        if not self._given:
            await self._awake.wait()

    def grant(self) -> None:
        """Let it begin."""
        self._given = True
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._awake.set)

    def grow(self, tokens: int) -> bool:
        """It holds so many tokens now. Returns whether it has to be interrupted."""
        return self._kv.grow(self.share, tokens)

    def leave(self) -> None:
        """llama.cpp has let go of it. Idempotent; a reader that is slow to notice delays nobody."""
        self._kv.leave(self)
