"""A model opened in a thread, and freed when by then nobody wants it any more."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


async def opened(make: Callable[[], T], free: Callable[[T], object]) -> T:
    """What `make` returns. Cancelled, it waits for `make`, which no thread can be stopped in,
    and frees what it made: otherwise weights and threads would stay for nobody.
    """
    making = asyncio.ensure_future(asyncio.to_thread(make))
    try:
        return await asyncio.shield(making)
    except asyncio.CancelledError:
        await asyncio.wait({making})
        if making.exception() is None:
            await asyncio.to_thread(free, making.result())
        raise
