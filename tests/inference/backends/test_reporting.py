"""Work in a thread reports its progress."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable

import pytest

from inference.backends.model_file import Cancelled
from inference.backends.reporting import reported
from tests.patience import PATIENCE

Progress = Callable[[float], None]


async def test_progress_comes_in_order_and_before_the_end() -> None:
    received: list[float] = []

    def work(on_progress: Progress, cancelled: Cancelled) -> None:
        for part in (0.25, 0.5, 1.0):
            on_progress(part)

    await reported(work, received.append)
    assert received == [0.25, 0.5, 1.0]


async def test_cancelled_work_is_notified_reports_no_more_and_is_awaited() -> None:
    received: list[float] = []
    begun = asyncio.Event()
    ended = threading.Event()
    loop = asyncio.get_running_loop()
    given_up = threading.Event()

    def work(on_progress: Progress, cancelled: Cancelled) -> None:
        loop.call_soon_threadsafe(begun.set)
        assert given_up.wait(PATIENCE)
        assert cancelled()
        on_progress(0.5)
        ended.set()

    working = asyncio.create_task(reported(work, received.append))
    await begun.wait()
    working.cancel()
    await asyncio.sleep(0)
    assert not working.done()
    given_up.set()
    with pytest.raises(asyncio.CancelledError):
        await working
    assert ended.is_set()
    assert received == []


async def test_its_failure_is_raised() -> None:
    def work(on_progress: Progress, cancelled: Cancelled) -> None:
        raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        await reported(work, lambda _: None)
