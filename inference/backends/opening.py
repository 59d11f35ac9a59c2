"""Opens a model in a thread, and frees it again if the caller was cancelled meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


async def opened(make: Callable[[], T], free: Callable[[T], object]) -> T:
    """Returns what `make` returns. Cancelled, it waits for `make`, since a thread cannot be
    stopped, and frees its result, whose weights and threads would leak otherwise.
    """
    making = asyncio.ensure_future(asyncio.to_thread(make))
    try:
        return await asyncio.shield(making)
    except asyncio.CancelledError:
        await asyncio.wait({making})
        if making.exception() is None:
            await asyncio.to_thread(free, making.result())
        raise
