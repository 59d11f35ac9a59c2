"""The line of completions that wait for room in a KV cache they share."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count

from inference.backends.kv_room import KvRoom, Share
from inference.backends.refusals import closing


@dataclass(slots=True, eq=False)
class _Waiting:
    share: Share
    admitted: asyncio.Event = field(default_factory=asyncio.Event)


class KvQueue:
    """Lets them begin in the order in which their answers came. Used from one event loop, except
    `grow`, which any thread may call. `numbers` gives each answer its own.
    """

    def __init__(self, capacity: int) -> None:
        self.numbers = count()
        self._capacity = capacity
        self._room = KvRoom(capacity)
        self._lock = threading.Lock()
        self._waiting: list[_Waiting] = []
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
    async def place(self, share: Share) -> AsyncIterator[None]:
        """Room for the share, for as long as it lasts. It waits only for others that run.

        Raises `InferenceError` with `shutting_down` once it is closed.
        """
        waiting = _Waiting(share)
        self._waiting.append(waiting)
        self._waiting.sort(key=lambda each: each.share.number)
        try:
            self._admit()
            await waiting.admitted.wait()
            if self._closed:
                raise closing()
            yield
        finally:
            self._leave(waiting)

    def grow(self, share: Share, tokens: int) -> bool:
        """It holds so many tokens now. Returns whether it has to be interrupted."""
        with self._lock:
            self._room.grow(share, tokens)
            return share.gives_way

    def close(self) -> None:
        """Refuse whoever waits, and whoever comes."""
        self._closed = True
        self._admit()

    def _admit(self) -> None:
        with self._lock:
            while self._waiting and (self._closed or self._room.fits(self._waiting[0].share)):
                first = self._waiting.pop(0)
                self._room.enter(first.share)
                first.admitted.set()

    def _leave(self, waiting: _Waiting) -> None:
        if waiting in self._waiting:
            self._waiting.remove(waiting)
        else:
            with self._lock:
                self._room.leave(waiting.share)
        self._admit()
