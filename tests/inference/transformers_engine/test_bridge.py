"""From a thread to the loop: everything, in order, then the end."""

from __future__ import annotations

import asyncio
import threading

import pytest

from inference.transformers_engine.bridge import Bridge
from tests.patience import PATIENCE


def _in_thread(bridge: Bridge[int], count: int, failure: Exception | None = None) -> None:
    def work() -> None:
        for number in range(count):
            bridge.put(number)
        bridge.finish(failure)

    threading.Thread(target=work, daemon=True).start()


async def test_everything_arrives_in_order() -> None:
    bridge: Bridge[int] = Bridge()
    _in_thread(bridge, 20_000)
    assert [item async for item in bridge.items()] == list(range(20_000))


async def test_a_failure_comes_after_what_was_put() -> None:
    bridge: Bridge[int] = Bridge()
    _in_thread(bridge, 3, ValueError("boom"))
    items = bridge.items()
    assert [await anext(items) for _ in range(3)] == [0, 1, 2]
    with pytest.raises(ValueError, match="boom"):
        await anext(items)


async def test_the_end_can_be_awaited_without_reading() -> None:
    bridge: Bridge[int] = Bridge()
    _in_thread(bridge, 3)
    await asyncio.wait_for(bridge.ended(), PATIENCE)
    await asyncio.wait_for(bridge.ended(), PATIENCE)


async def test_a_reader_that_was_elsewhere_when_it_ended_is_not_kept_waiting() -> None:
    bridge: Bridge[int] = Bridge()
    bridge.put(0)
    items = bridge.items()
    assert await anext(items) == 0
    _in_thread(bridge, 3)
    await asyncio.wait_for(bridge.ended(), PATIENCE)
    assert [item async for item in items] == [0, 1, 2]


async def test_many_items_need_few_wake_ups(monkeypatch: pytest.MonkeyPatch) -> None:
    bridge: Bridge[int] = Bridge()
    loop = asyncio.get_running_loop()
    wake_ups: list[object] = []
    monkeypatch.setattr(loop, "call_soon_threadsafe", wake_ups.append)
    for number in range(1000):
        bridge.put(number)
    assert len(wake_ups) == 1
