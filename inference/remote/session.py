"""The open calls of one model to its servers, between its load and its close."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from typing import TypeVar

from inference.backends.refusals import closing
from inference.remote.replicas import Replicas

T = TypeVar("T")


class Session:
    """Every wait on the network goes through `wait`, which `close` ends at once. Used from one
    loop.
    """

    def __init__(self, replicas: Replicas) -> None:
        self.replicas = replicas
        self._closed = False
        self._waiting: set[asyncio.Timeout] = set()

    @property
    def is_closed(self) -> bool:
        return self._closed

    def check_open(self) -> None:
        """Raises `InferenceError` with `shutting_down`."""
        if self._closed:
            raise closing()

    async def wait(self, awaited: Awaitable[T], seconds: float | None = None) -> T:
        """Its result. Raises `TimeoutError` after so many seconds, `InferenceError` with
        `shutting_down` once the session is closed, whatever came of it.
        """
        limit = asyncio.timeout(seconds)
        try:
            async with limit:
                self._waiting.add(limit)
                if self._closed:
                    limit.reschedule(asyncio.get_running_loop().time())
                result = await awaited
        except Exception:
            self.check_open()
            raise
        finally:
            self._waiting.discard(limit)
        self.check_open()
        return result

    async def close(self) -> None:
        """Idempotent."""
        self._closed = True
        now = asyncio.get_running_loop().time()
        for limit in self._waiting:
            limit.reschedule(now)
        await self.replicas.close()
