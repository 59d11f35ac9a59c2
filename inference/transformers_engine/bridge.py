"""Events from a model's thread to the event loop, with one wake-up for all that are pending."""

from __future__ import annotations

import asyncio
import threading
from collections import deque
from collections.abc import AsyncGenerator
from typing import Generic, TypeVar

T = TypeVar("T")


class Bridge(Generic[T]):
    """The thread calls `put` and `finish`, the loop reads `items`.

    The loop may also call `finish`, where the thread hangs; the first call counts.

    A wake-up is scheduled only when none is pending: at 30,000 items a second one
    `call_soon_threadsafe` per item would be the bottleneck.
    """

    def __init__(self) -> None:
        self.cancelled = threading.Event()
        self._loop = asyncio.get_running_loop()
        self._items: deque[T] = deque()
        self._failure: BaseException | None = None
        self._finished = False
        self._pending = False
        self._lock = threading.Lock()
        self._awake = asyncio.Event()

    def put(self, item: T) -> None:
        """Append an item. Called in the thread; the order is kept."""
        if not self._finished:
            self._items.append(item)
            self._wake()

    def finish(self, failure: BaseException | None = None) -> None:
        """End `items`, or have it raise `failure`. No `put` follows."""
        with self._lock:
            if self._finished:
                return
            self._failure = failure
            self._finished = True
        self._wake()

    async def items(self) -> AsyncGenerator[T, None]:
        """All items in order, then the end or the failure."""
        while True:
            while self._items:
                yield self._items.popleft()
            if not self._finished:
                await self._woken()
            elif not self._items:  # items may have been put just before `finish`, none after it
                break
        if self._failure is not None:
            raise self._failure

    async def ended(self) -> None:
        """Wait until `finish` has been called."""
        while not self._finished:
            await self._woken()

    async def _woken(self) -> None:
        await self._awake.wait()
        self._awake.clear()
        with self._lock:
            self._pending = False

    def _wake(self) -> None:
        with self._lock:
            if self._pending:
                return
            self._pending = True
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._awake.set)
