"""Deltas are gathered; no text is lost, none changes its order or its channel."""

from __future__ import annotations

import asyncio

from chat.run_events import TextDelta
from chat.runs.coalescer import Coalescer
from tests.patience import PATIENCE


async def test_the_first_text_goes_out_at_once() -> None:
    emitted: list[TextDelta] = []
    Coalescer(emitted.append, interval=60).add("answer", "你")
    assert emitted == [TextDelta("answer", "你")]


async def test_later_text_waits_for_the_interval_and_comes_whole() -> None:
    emitted: list[TextDelta] = []
    done = asyncio.Event()

    def emit(delta: TextDelta) -> None:
        emitted.append(delta)
        if len(emitted) == 2:
            done.set()

    coalescer = Coalescer(emit, interval=0.01)
    for text in "你好吗":
        coalescer.add("answer", text)
    assert emitted == [TextDelta("answer", "你")]
    await asyncio.wait_for(done.wait(), PATIENCE)
    assert emitted[1] == TextDelta("answer", "好吗")


async def test_a_change_of_channel_ends_a_delta() -> None:
    emitted: list[TextDelta] = []
    coalescer = Coalescer(emitted.append, interval=60)
    coalescer.add("reasoning", "想")
    coalescer.add("reasoning", "想")
    coalescer.add("answer", "好")
    coalescer.flush()
    assert emitted == [
        TextDelta("reasoning", "想"),
        TextDelta("reasoning", "想"),
        TextDelta("answer", "好"),
    ]


async def test_a_flush_of_nothing_emits_nothing() -> None:
    emitted: list[TextDelta] = []
    Coalescer(emitted.append, interval=60).flush()
    assert emitted == []
