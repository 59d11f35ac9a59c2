"""The progress of work in a thread, told on the event loop."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable

from inference.backends.base import Report
from inference.backends.model_file import Cancelled, Progress
from inference.types import ModelState


async def reported(
    work: Callable[[Progress, Cancelled], None], state: ModelState, report: Report
) -> None:
    """Returns or raises as `work` does. Cancelled, it tells the work so and reports no more."""
    loop = asyncio.get_running_loop()
    abandoned = threading.Event()

    def tell(fraction: float) -> None:
        if not abandoned.is_set():
            report(state, fraction)

    def on_progress(fraction: float) -> None:
        loop.call_soon_threadsafe(tell, fraction)

    try:
        await asyncio.to_thread(work, on_progress, abandoned.is_set)
    finally:
        abandoned.set()
