"""A run belongs to the process: readers come and go, it ends exactly once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from chat.errors import ChatError, ErrorCode
from chat.run_events import (
    Numbered,
    QueuePosition,
    RunEnded,
    RunStarted,
    Suspended,
    TextDelta,
    TextSnapshot,
)
from chat.runs.journal.unjournaled import Unjournaled
from chat.runs.live_run import LiveRun, RunKey
from chat.runs.reading import ReaderEvent, cursor, follow
from chat.runs.registry import RunRegistry
from chat.store import StoredRun
from inference import ChatMessage, Engine, GenerationRequest


class Saved:
    """Stands in for the database: every end it was told."""

    def __init__(self) -> None:
        self.ends: dict[str, tuple[TextSnapshot, RunEnded]] = {}

    async def __call__(self, run: LiveRun, ended: RunEnded) -> None:
        assert run.key.run not in self.ends, "a run ended twice"
        self.ends[run.key.run] = (run.log.snapshot(), ended)


@pytest.fixture
def saved() -> Saved:
    return Saved()


@pytest_asyncio.fixture
async def registry(engine: Engine, saved: Saved) -> AsyncIterator[RunRegistry]:
    made = RunRegistry(engine, Unjournaled(), saved, keep_events=64)
    yield made
    await made.close(frozenset())
    await engine.close()


def _open(registry: RunRegistry, scenario: str, run: str = "r", device: str = "d") -> LiveRun:
    model = f"scripted/{scenario}"
    request = GenerationRequest(run, model, device, (ChatMessage("user", "问"),))
    return registry.open(RunKey(run, f"c-{run}", device, model), request)


async def _read(run: LiveRun, after: int = 0, epoch: int | None = None) -> list[ReaderEvent]:
    return [event async for event in follow(run, cursor(run, after, epoch))]


async def _grown(run: LiveRun, seq: int) -> None:
    while run.log.last_seq < seq:
        await run.log.grown(run.log.last_seq)


def _text(events: list[ReaderEvent]) -> str:
    deltas = [e.event for e in events if isinstance(e, Numbered) and isinstance(e.event, TextDelta)]
    return "".join(delta.text for delta in deltas)


async def test_a_run_goes_from_start_to_end(registry: RunRegistry, saved: Saved) -> None:
    events = await _read(_open(registry, "plain"))
    first, last = events[0], events[-1]
    assert first == Numbered(1, RunStarted("scripted/plain"))
    assert isinstance(last, Numbered)
    assert isinstance(last.event, RunEnded)
    assert (last.event.status, last.event.finish_reason) == ("completed", "stop")
    assert saved.ends["r"][0].answer == _text(events)


async def test_live_and_late_readers_get_the_same_list(registry: RunRegistry) -> None:
    run = _open(registry, "reasoning")
    live = await _read(run)
    assert await _read(run) == live
    middle = live[len(live) // 2]
    assert isinstance(middle, Numbered)
    assert await _read(run, after=middle.seq) == live[len(live) // 2 + 1 :]


async def test_another_epoch_gets_a_snapshot_and_the_end(registry: RunRegistry) -> None:
    run = _open(registry, "plain")
    whole = _text(await _read(run))
    snapshot, end = await _read(run, after=3, epoch=7)
    assert isinstance(snapshot, TextSnapshot)
    assert snapshot.answer == whole
    assert isinstance(end, Numbered)
    assert end.seq == snapshot.seq + 1


async def test_a_cursor_beyond_the_log_is_refused(registry: RunRegistry) -> None:
    run = _open(registry, "plain")
    await _read(run)
    with pytest.raises(ChatError) as raised:
        cursor(run, 10_000, None)
    assert raised.value.code is ErrorCode.BAD_CURSOR


async def test_stop_ends_the_run_and_frees_its_slot(registry: RunRegistry, saved: Saved) -> None:
    first, second = (_open(registry, "endless", run) for run in ("a", "b"))
    waiting = _open(registry, "endless", "c")
    await _grown(first, 3)
    assert waiting.log.last_seq == 0
    await registry.stop(first)
    await registry.stop(first)
    await _grown(waiting, 1)
    text, ended = saved.ends["a"]
    assert (ended.status, ended.finish_reason) == ("cancelled", "cancelled")
    assert text.answer == _text(await _read(first))
    assert not second.log.ended


async def test_a_queued_run_can_be_stopped(registry: RunRegistry, saved: Saved) -> None:
    for run in ("a", "b"):
        await _grown(_open(registry, "endless", run), 1)
    waiting = _open(registry, "endless", "c")
    events = follow(waiting, 0)
    assert await anext(events) == QueuePosition(1, None, "slot")
    await registry.stop(waiting)
    assert [e async for e in events] == [Numbered(1, RunEnded("cancelled", "cancelled"))]


async def test_an_error_in_the_middle_keeps_the_text(registry: RunRegistry, saved: Saved) -> None:
    events = await _read(_open(registry, "error"))
    text, ended = saved.ends["r"]
    assert ended.status == "failed"
    assert ended.failure is not None
    assert ended.failure.code is ErrorCode.BACKEND_FAILED
    assert text.answer == _text(events) != ""


async def test_an_unknown_model_is_a_failed_run(registry: RunRegistry, saved: Saved) -> None:
    await _read(_open(registry, "nonsense"))
    failure = saved.ends["r"][1].failure
    assert failure is not None
    assert failure.code is ErrorCode.UNKNOWN_MODEL


async def test_closing_interrupts_what_runs_and_keeps_its_text(
    registry: RunRegistry, saved: Saved
) -> None:
    run = _open(registry, "endless")
    await _grown(run, 3)
    await registry.close(frozenset())
    text, ended = saved.ends["r"]
    assert ended == RunEnded("interrupted")
    assert text.answer
    assert not registry.live()


async def test_closing_suspends_what_can_go_on_later(registry: RunRegistry, saved: Saved) -> None:
    run = _open(registry, "endless")
    await _grown(run, 3)
    await registry.close(frozenset({"scripted/endless"}))
    assert "r" not in saved.ends
    assert (await _read(run))[-1] == Suspended()


async def test_a_reader_that_leaves_cancels_nothing(registry: RunRegistry) -> None:
    run = _open(registry, "endless")
    reader = asyncio.create_task(_read(run))
    await _grown(run, 2)
    reader.cancel()
    await asyncio.wait({reader})
    await _grown(run, 5)
    assert not run.log.ended


async def test_a_restored_run_is_read_like_any_other(registry: RunRegistry) -> None:
    stored = StoredRun(TextSnapshot(2, 7, "m", "", "写到一半"), RunEnded("interrupted"))
    run = registry.restore("old", stored)
    end = Numbered(8, RunEnded("interrupted"))
    assert await _read(run, after=3, epoch=1) == [stored.text, end]
    assert await _read(run, after=7, epoch=2) == [end]
    assert await _read(run, after=8, epoch=2) == []


async def test_runs_are_counted_by_device_and_found_by_conversation(
    registry: RunRegistry,
) -> None:
    run = _open(registry, "endless")
    assert registry.of_device("d") == 1
    assert registry.of_device("other") == 0
    assert registry.in_conversation("c-r") == (run,)
    assert registry.in_conversation("c-x") == ()
