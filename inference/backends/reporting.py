"""Runs work in a thread and reports its progress on the event loop."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

from inference.backends.model_file import Cancelled

T = TypeVar("T")


async def reported(
    work: Callable[[Callable[[T], None], Cancelled], None], report: Callable[[T], None]
) -> None:
    """Returns or raises as `work` does, which runs in a thread. Its progress is passed to `report`
    on the event loop. Cancelled, it cancels the work, reports no more, and waits for the work to
    end.
    """
    loop = asyncio.get_running_loop()
    abandoned = threading.Event()

    def report_unless_abandoned(progress: T) -> None:
        if not abandoned.is_set():
            report(progress)

    def on_progress(progress: T) -> None:
        loop.call_soon_threadsafe(report_unless_abandoned, progress)

    working = asyncio.ensure_future(asyncio.to_thread(work, on_progress, abandoned.is_set))
    try:
        await asyncio.shield(working)
    except asyncio.CancelledError:
        abandoned.set()
        with suppress(Exception):  # the work was cancelled: its failure does not matter
            await asyncio.shield(working)
        raise
    finally:
        abandoned.set()
