"""Tells a short-form client what its answer waits for, as long as it does."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from chat.socket.short_form.writer import ShortFormWriter
from chat.supervised import detach
from chat.wire.protocol import ServerFrame

LOOK_AGAIN_SECONDS = 1.0
"""A download changes many times a second, and every `start` draws the line anew."""


@asynccontextmanager
async def waiting_told(
    writer: ShortFormWriter,
    changes: Callable[[], AsyncIterator[None]],
    tell: Callable[[ServerFrame], Awaitable[None]],
) -> AsyncIterator[None]:
    """Inside it, `changes` of the models are told by `tell`, at most once a second."""

    async def follow() -> None:
        async for _ in changes():
            for frame in writer.waiting():
                await tell(frame)
            await asyncio.sleep(LOOK_AGAIN_SECONDS)

    task = detach(follow, "what a short-form client waits for")
    try:
        yield
    finally:
        task.cancel()
