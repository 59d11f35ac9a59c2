"""One import at a time in this process: each takes memory, and the one database thread's time."""

from __future__ import annotations

import asyncio

from chat.errors import ChatError, ErrorCode


class ImportTurn:
    """Used from one event loop. Those who wait are served in the order in which they came."""

    def __init__(self, waiting: int = 8, seconds: float = 60) -> None:
        self._most = waiting
        self._seconds = seconds
        self._waiting = 0
        self._lock = asyncio.Lock()

    async def take(self) -> None:
        """Wait for the import before. Raises `ChatError` with `overloaded`, which may be tried
        again, where too many wait or it takes too long.
        """
        if self._waiting >= self._most:
            raise self._overloaded()
        self._waiting += 1
        try:
            await asyncio.wait_for(self._lock.acquire(), self._seconds)
        except TimeoutError:
            raise self._overloaded() from None
        finally:
            self._waiting -= 1

    def give_back(self) -> None:
        """The import is over."""
        self._lock.release()

    def _overloaded(self) -> ChatError:
        return ChatError(ErrorCode.OVERLOADED, seconds=round(self._seconds))
