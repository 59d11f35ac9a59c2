"""A task's failure that nobody read does not pass by."""

from __future__ import annotations

import asyncio
import gc

from tests.unread import UnreadFailures


async def _fail() -> None:
    raise ValueError("nobody reads this")


async def test_a_failure_nobody_read_is_told_with_its_coroutine(
    unread_failures: UnreadFailures,
) -> None:
    task = asyncio.create_task(_fail())
    await asyncio.wait({task})
    del task
    gc.collect()
    (told,) = unread_failures.take()
    assert "_fail()" in told


async def test_a_failure_somebody_read_is_not_told(unread_failures: UnreadFailures) -> None:
    await asyncio.gather(asyncio.create_task(_fail()), return_exceptions=True)
    gc.collect()
    assert unread_failures.take() == []
