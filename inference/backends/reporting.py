"""The progress of work in a thread, told on the event loop."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

from inference.backends.model_file import Cancelled

T = TypeVar("T")


async def reported(
    work: Callable[[Callable[[T], None], Cancelled], None], tell: Callable[[T], None]
) -> None:
    """Returns or raises as `work` does, which runs in a thread. Whatever it tells of its progress
    `tell` gets on the event loop. Cancelled, it tells the work so and `tell` no more, and waits
    for the work to end.
    """
    loop = asyncio.get_running_loop()
    abandoned = threading.Event()

    def tell_unless_abandoned(progress: T) -> None:
        if not abandoned.is_set():
            tell(progress)

    def on_progress(progress: T) -> None:
        loop.call_soon_threadsafe(tell_unless_abandoned, progress)

    working = asyncio.ensure_future(asyncio.to_thread(work, on_progress, abandoned.is_set))
    try:
        await asyncio.shield(working)
    except asyncio.CancelledError:
        abandoned.set()
        with suppress(Exception):  # nobody wants the work any more, so its failure is none
            await asyncio.shield(working)
        raise
    finally:
        abandoned.set()
