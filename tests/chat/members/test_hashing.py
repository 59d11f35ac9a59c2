"""Passwords are hashed one at a time, beside the event loop, and few wait for it."""

from __future__ import annotations

import asyncio
import threading
from contextlib import suppress

import pytest

from chat.errors import ChatError, ErrorCode
from chat.members.hashing import HashingQueue
from tests.patience import PATIENCE


async def test_one_at_a_time_beside_the_event_loop() -> None:
    threads: set[int] = set()
    at_once: list[int] = []

    def hash_one() -> None:
        at_once.append(1)
        threads.add(threading.get_ident())
        assert len(at_once) == 1
        at_once.clear()

    queue = HashingQueue()
    await asyncio.gather(*(queue.run(hash_one) for _ in range(8)))
    assert len(threads) == 1
    assert threading.get_ident() not in threads


async def test_a_full_queue_refuses_and_one_that_is_done_makes_room() -> None:
    queue, go_on = HashingQueue(2), threading.Event()
    waiting = [asyncio.ensure_future(queue.run(go_on.wait)) for _ in range(2)]
    await asyncio.sleep(0)
    with pytest.raises(ChatError) as raised:
        await queue.run(str)
    assert (raised.value.code, raised.value.retryable) == (ErrorCode.OVERLOADED, True)
    go_on.set()
    await asyncio.gather(*waiting)
    assert await queue.run(str) == ""


async def test_who_goes_away_leaves_the_queue_and_not_the_hash_that_runs() -> None:
    queue, began, go_on = HashingQueue(2), threading.Event(), threading.Event()

    def hash_one() -> None:
        began.set()
        go_on.wait(PATIENCE)

    callers = [asyncio.ensure_future(queue.run(hash_one)) for _ in range(2)]
    await asyncio.to_thread(began.wait)
    for caller in callers:
        caller.cancel()
        with suppress(asyncio.CancelledError):
            await caller
    third = asyncio.ensure_future(queue.run(str))
    await asyncio.sleep(0)
    with pytest.raises(ChatError):
        await queue.run(str)
    go_on.set()
    assert await third == ""
