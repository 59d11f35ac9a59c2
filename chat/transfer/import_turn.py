"""One import at a time in this process, as each uses memory and the one database thread."""

from __future__ import annotations

import asyncio

from chat.errors import ChatError, ErrorCode


class ImportTurn:
    """A first-come, first-served lock. Used from one event loop."""

    def __init__(self, waiting: int = 8, seconds: float = 60) -> None:
        self._most = waiting
        self._seconds = seconds
        self._waiting = 0
        self._lock = asyncio.Lock()

    async def take(self) -> None:
        """Wait for the import before. Raises `ChatError` with `overloaded`, which can be retried,
        if too many wait or the wait is too long.
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
        """Release the turn."""
        self._lock.release()

    def _overloaded(self) -> ChatError:
        return ChatError(ErrorCode.OVERLOADED, seconds=round(self._seconds))
