"""The line of completions that wait for room in a KV cache they share."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count

from inference.backends.kv_room import KvRoom, Share
from inference.backends.refusals import closing


class KvQueue:
    """Lets them begin in the order in which their answers came. `numbers` gives each its own."""

    def __init__(self, capacity: int) -> None:
        self.numbers = count()
        self._capacity = capacity
        self._room = KvRoom(capacity)
        self._lock = threading.Lock()
        self._waiting: list[Place] = []
        self._closed = False

    def fits(self, share: Share) -> bool:
        """Whether it could begin now, were it the first to begin."""
        with self._lock:
            return self._room.fits(share)

    def is_beyond(self, tokens: int) -> bool:
        """Whether a prompt counted message by message is too long even alone; were it not, the
        share grows and others give way.
        """
        return tokens > self._capacity + self._capacity // 16

    @asynccontextmanager
    async def place(self, share: Share) -> AsyncIterator[Place]:
        """Room for the share, until it is left. It waits for those alone that have a place.

        Raises `InferenceError` with `shutting_down` once it is closed.
        """
        place = Place(self, share)
        try:
            self._enter(place)
            await place.wait()
            if self._closed:
                raise closing()
            yield place
        finally:
            self.leave(place)

    def grow(self, share: Share, tokens: int) -> bool:
        """See `Place`."""
        with self._lock:
            self._room.grow(share, tokens)
            return share.gives_way

    def leave(self, place: Place) -> None:
        """See `Place`."""
        with self._lock:
            if place in self._waiting:
                self._waiting.remove(place)
            else:
                self._room.leave(place.share)
            self._give()

    def close(self) -> None:
        """Refuse whoever waits, and whoever comes."""
        with self._lock:
            self._closed = True
            self._give()

    def _enter(self, place: Place) -> None:
        with self._lock:
            self._waiting.append(place)
            self._waiting.sort(key=lambda each: each.share.number)
            self._give()

    def _give(self) -> None:
        while self._waiting and (self._closed or self._room.fits(self._waiting[0].share)):
            first = self._waiting.pop(0)
            self._room.enter(first.share)
            first.give()


class Place:
    """Room for one completion. `grow` and `leave` may be called from any thread."""

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

    def give(self) -> None:
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
