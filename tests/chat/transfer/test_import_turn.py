"""One import at a time; waiting ones are served in order, with a time limit."""

from __future__ import annotations

import asyncio

import pytest

from chat.errors import ChatError, ErrorCode
from chat.transfer.import_turn import ImportTurn


async def _ticks() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


async def test_the_second_waits_for_the_first() -> None:
    turn = ImportTurn()
    await turn.take()
    second = asyncio.create_task(turn.take())
    await _ticks()
    assert not second.done()
    turn.give_back()
    await second


async def test_too_many_imports_are_refused_with_a_time_to_retry() -> None:
    turn = ImportTurn(waiting=1)
    await turn.take()
    waiting = asyncio.create_task(turn.take())
    await _ticks()
    with pytest.raises(ChatError) as raised:
        await turn.take()
    assert raised.value.code is ErrorCode.OVERLOADED
    assert raised.value.retryable
    assert raised.value.detail["seconds"] == 60
    turn.give_back()
    await waiting


async def test_the_wait_has_a_limit() -> None:
    turn = ImportTurn(seconds=0.01)
    await turn.take()
    with pytest.raises(ChatError) as raised:
        await turn.take()
    assert raised.value.code is ErrorCode.OVERLOADED
    turn.give_back()
    await turn.take()


async def test_a_cancelled_caller_leaves_the_queue() -> None:
    turn = ImportTurn(waiting=1)
    await turn.take()
    for _ in range(3):
        cancelled = asyncio.create_task(turn.take())
        await _ticks()
        cancelled.cancel()
        with pytest.raises(asyncio.CancelledError):
            await cancelled
    turn.give_back()
    await turn.take()
