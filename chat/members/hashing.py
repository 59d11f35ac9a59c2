"""Password hashing, which takes a core for half a second: on a thread of its own, one at a time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import lru_cache
from threading import BoundedSemaphore
from typing import ParamSpec, TypeVar

from chat.errors import ChatError, ErrorCode

P = ParamSpec("P")
R = TypeVar("R")
_QUEUE = 8
_TRY_AGAIN_AFTER = 5


class HashingQueue:
    """Calls wait in a bounded queue, so that many sign-ins at once slow only each other."""

    def __init__(self, size: int = _QUEUE) -> None:
        self._free = BoundedSemaphore(size)
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="hashing")

    async def run(self, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """What the function returns or raises. `ChatError` with `overloaded` if the queue is full.

        A cancelled caller leaves the queue; a password that is being hashed is finished.
        """
        if not self._free.acquire(blocking=False):
            raise ChatError(ErrorCode.OVERLOADED, seconds=_TRY_AGAIN_AFTER)
        future = self._thread.submit(function, *args, **kwargs)
        future.add_done_callback(self._leave)
        return await asyncio.wrap_future(future)

    def _leave(self, _: Future[R]) -> None:
        self._free.release()


@lru_cache(maxsize=1)
def hashing() -> HashingQueue:
    """The queue of this process."""
    return HashingQueue()
