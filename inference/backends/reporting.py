"""The progress of work in a thread, told on the event loop."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from typing import TypeVar

from inference.backends.model_file import Cancelled

T = TypeVar("T")


async def reported(
    work: Callable[[Callable[[T], None], Cancelled], None], tell: Callable[[T], None]
) -> None:
    """Returns or raises as `work` does, which runs in a thread. Whatever it tells of its progress
    `tell` gets on the event loop. Cancelled, it tells the work so and `tell` no more.
    """
    loop = asyncio.get_running_loop()
    abandoned = threading.Event()

    def tell_unless_abandoned(progress: T) -> None:
        if not abandoned.is_set():
            tell(progress)

    def on_progress(progress: T) -> None:
        loop.call_soon_threadsafe(tell_unless_abandoned, progress)

    try:
        await asyncio.to_thread(work, on_progress, abandoned.is_set)
    finally:
        abandoned.set()
