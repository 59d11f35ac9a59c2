"""Completions that wait for space begin in order, and never wait for nothing."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack

import pytest

from inference.errors import InferenceError, InferenceErrorCode
from inference.llama_cpp_engine.kv_budget import Share
from inference.llama_cpp_engine.kv_queue import KvQueue
from tests.patience import PATIENCE


class Runs:
    """Who has a reservation, in the order in which they got it."""

    def __init__(self, capacity: int) -> None:
        self.kv = KvQueue(capacity)
        self.begun: list[int] = []
        self._tasks: dict[int, asyncio.Task[None]] = {}

    async def begin(self, share: Share) -> None:
        self._tasks[share.number] = asyncio.create_task(self._run(share))
        await _settled()

    async def end(self, number: int) -> None:
        self._tasks[number].cancel()
        await _settled()

    async def _run(self, share: Share) -> None:
        async with self.kv.reserve(share):
            self.begun.append(share.number)
            await asyncio.Event().wait()


async def _settled() -> None:
    """Whoever can begin has begun, each after a few turns of the loop."""
    for _ in range(8):
        await asyncio.sleep(0)


async def _two_wait_for_the_first() -> Runs:
    """The second does not fit beside it, and the third is behind the second."""
    runs = Runs(1024)
    for number, tokens in enumerate((600, 600, 10)):
        await runs.begin(Share(number, tokens))
    return runs


async def test_who_does_not_fit_waits_until_one_has_ended() -> None:
    runs = Runs(1024)
    await runs.begin(Share(0, 600))
    await runs.begin(Share(1, 600))
    assert runs.begun == [0]
    await runs.end(0)
    assert runs.begun == [0, 1]


async def test_none_overtakes_one_that_waits() -> None:
    runs = await _two_wait_for_the_first()
    assert runs.begun == [0]
    await runs.end(0)
    assert runs.begun == [0, 1, 2]


async def test_an_answer_that_was_interrupted_goes_before_those_that_came_later() -> None:
    runs = Runs(1024)
    await runs.begin(Share(0, 900))
    await runs.begin(Share(2, 600))
    await runs.begin(Share(1, 600))
    await runs.end(0)
    assert runs.begun == [0, 1]


async def test_one_that_gives_up_waiting_lets_the_next_begin() -> None:
    runs = await _two_wait_for_the_first()
    await runs.end(1)
    assert runs.begun == [0, 2]


async def test_closed_it_refuses_who_waits_and_who_comes() -> None:
    kv = KvQueue(1024)
    async with AsyncExitStack() as running:
        await running.enter_async_context(kv.reserve(Share(0, 1000)))
        waiting = asyncio.ensure_future(running.enter_async_context(kv.reserve(Share(1, 1000))))
        await asyncio.sleep(0)
        kv.close()
        for refused in (waiting, running.enter_async_context(kv.reserve(Share(2, 1)))):
            with pytest.raises(InferenceError) as raised:
                await refused
            assert raised.value.code is InferenceErrorCode.SHUTTING_DOWN


async def test_growing_returns_what_has_to_be_interrupted() -> None:
    kv, shares = KvQueue(1024), [Share(0, 10), Share(1, 10)]
    async with kv.reserve(shares[0]) as old, kv.reserve(shares[1]) as young:
        assert not young.grow(500)
        assert not old.grow(600)
        assert young.grow(501)


async def test_a_place_left_in_a_thread_is_given_to_the_next() -> None:
    kv = KvQueue(1024)
    async with AsyncExitStack() as running:
        first = await running.enter_async_context(kv.reserve(Share(0, 1000)))
        waiting = asyncio.ensure_future(running.enter_async_context(kv.reserve(Share(1, 1000))))
        await _settled()
        assert not waiting.done()
        await asyncio.to_thread(first.leave)
        await asyncio.wait_for(waiting, PATIENCE)
