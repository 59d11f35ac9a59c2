"""A database that takes nothing stops no answer, and nothing is lost once it takes it again."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import contextmanager

import pytest
import pytest_asyncio
from django.db import OperationalError, connection

from chat import store
from chat.actor import Actor
from chat.run_events import Numbered, RunEnded, RunStarted, Saving, TextDelta
from chat.runs import run_saver
from chat.runs.journal.unjournaled import Unjournaled
from chat.runs.keeper import Keeper
from chat.runs.live_run import LiveRun, RunKey
from chat.runs.log import MemoryRunLog
from chat.runs.policy import Policy
from chat.runs.reading import ReaderEvent
from chat.service import ChatService
from chat.store import Checkpoint, Revision, Turn, in_database, load_run
from chat.wire.protocol import Send
from inference import Engine
from tests.patience import PATIENCE

ALICE = Actor("alice", "phone")


def _unstorable() -> UnicodeEncodeError:
    return UnicodeEncodeError("utf-8", "\ud83d", 0, 1, "surrogates not allowed")


@pytest_asyncio.fixture
async def service(engine: Engine, transactional_db: None) -> AsyncIterator[ChatService]:
    """Saves often, and does not wait for locks as long as it would in life."""
    made = ChatService(engine, Policy("", 8, 4096, checkpoint_seconds=0.02))
    await made.start()
    await in_database(_wait_briefly)
    yield made
    await made.close()


def _wait_briefly() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite locks the whole database")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout = 20")


@contextmanager
def _locked() -> Iterator[None]:
    """Another process in the middle of writing."""
    other = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()


async def _begin(service: ChatService, model: str) -> tuple[Turn, AsyncIterator[ReaderEvent]]:
    turn = await service.send(ALICE, Send(model, "问", model=f"scripted/{model}"))
    return turn, (await service.attach(ALICE, turn.run, 0, None)).events


async def _until(events: AsyncIterator[ReaderEvent], wanted: ReaderEvent) -> str:
    """The text told until then."""
    text = ""
    async for event in events:
        if event == wanted:
            return text
        if isinstance(event, Numbered) and isinstance(event.event, TextDelta):
            text += event.event.text
    raise AssertionError(f"{wanted} did not come")


async def test_an_answer_streams_while_the_database_is_locked(service: ChatService) -> None:
    turn, events = await _begin(service, "endless")
    with _locked():
        await _until(events, Saving(False))
        assert isinstance(await anext(events), Numbered)
    await _until(events, Saving(True))
    stored = await in_database(load_run, turn.run)
    assert stored is not None
    assert stored.text.answer


async def test_an_end_that_could_not_be_saved_is_saved_later(service: ChatService) -> None:
    turn, events = await _begin(service, "slow")
    await anext(events)
    with _locked():
        await service.stop(ALICE, turn.run)
        heard = {type(event): event async for event in _first(events, 2, _is_end_or_saving)}
        assert set(heard) == {Numbered, Saving}
    assert [event async for event in events] == [Saving(True)]
    stored = await in_database(load_run, turn.run)
    assert stored is not None
    assert stored.end == RunEnded("cancelled", "cancelled")


async def test_an_end_that_comes_during_a_checkpoint_is_saved_before_it_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    saved: list[dict[str, RunEnded]] = []
    checkpointing, go_on = asyncio.Event(), asyncio.Event()

    async def slow(save: object, checkpoints: object, ends: dict[str, RunEnded]) -> list[Revision]:
        checkpointing.set()
        await go_on.wait()
        saved.append(ends)
        return []

    monkeypatch.setattr(run_saver, "in_database", slow)
    run = LiveRun(RunKey("r", "c", "d"), MemoryRunLog(8))
    run.log.append(RunStarted("m"))
    keeper = Keeper(0.001, Unjournaled())
    keeper.start(lambda: (run,))
    await checkpointing.wait()
    ending = asyncio.create_task(keeper.end(run, RunEnded("completed")))
    go_on.set()
    await ending
    assert saved == [{}, {"r": RunEnded("completed")}]
    await keeper.close()


async def test_a_full_disk_is_logged_once_and_the_text_saved_at_the_last(
    service: ChatService, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    turn, events = await _begin(service, "endless")
    logging.getLogger("chat").propagate = True
    with monkeypatch.context() as patched:
        patched.setattr(store, "save", _full)
        await _until(events, Saving(False))
        for _ in range(10):
            await anext(events)
    await service.close()
    assert sum("not saved yet" in line for line in caplog.messages) == 1
    stored = await in_database(load_run, turn.run)
    assert stored is not None
    assert stored.text.seq == service._opener.runs.live()[0].log.last_seq


async def test_a_message_after_an_unsaved_answer_is_shown_that_answer(
    service: ChatService, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(store, "save", _full)
        turn, events = await _begin(service, "plain")
        heard = [event async for event in _first(events, 2, _is_end_or_saving)]
        assert Saving(False) in heard
    again = await service.send(ALICE, Send("2", "再", turn.conversation))
    stored = await in_database(load_run, turn.run)
    assert again.conversation == turn.conversation
    assert stored is not None
    assert "「问」" in stored.text.answer
    assert stored.end is not None


class _Database:
    """Takes every transaction in which no bad run is."""

    def __init__(self, *bad: str, error: Exception) -> None:
        self.bad = set(bad)
        self.error = error
        self.saved: list[set[str]] = []
        self.ended: dict[str, RunEnded] = {}
        self.took = asyncio.Event()

    async def __call__(
        self, save: object, checkpoints: Sequence[Checkpoint], ends: dict[str, RunEnded]
    ) -> list[Revision]:
        runs = {checkpoint.run for checkpoint in checkpoints}
        if runs & self.bad:
            raise self.error
        self.saved.append(runs)
        self.ended |= ends
        self.took.set()
        return []


def _live(*names: str) -> list[LiveRun]:
    runs = [LiveRun(RunKey(name, "c", "d"), MemoryRunLog(8)) for name in names]
    for run in runs:
        run.log.append(RunStarted("m"))
    return runs


@pytest.mark.parametrize("error", [_unstorable(), ValueError("NUL"), OperationalError("row")])
async def test_one_bad_run_never_keeps_another_from_being_saved(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, error: Exception
) -> None:
    database = _Database("bad", error=error)
    monkeypatch.setattr(run_saver, "in_database", database)
    logging.getLogger("chat").propagate = True
    bad, *good = runs = _live("bad", "one", "two")
    keeper = Keeper(3600, Unjournaled())
    keeper._live = lambda: runs
    await keeper.save()
    assert [run.saved for run in runs] == [False, True, True]
    assert [run.saved_seq for run in good] == [1, 1]
    for run in runs:
        run.log.append(TextDelta("answer", "字"))
    await keeper.save()
    assert database.saved == [{"one"}, {"two"}, {"one", "two"}]
    assert [line for line in caplog.messages if "not saved yet" in line and "bad" in line] == [
        line for line in caplog.messages if "not saved yet" in line
    ]
    assert sum("not saved yet" in line for line in caplog.messages) == 1
    database.bad.clear()
    await keeper.save()
    assert bad.saved


async def test_one_bad_end_never_keeps_another_from_being_saved(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    database = _Database("bad", error=ValueError("NUL"))
    monkeypatch.setattr(run_saver, "in_database", database)
    keeper = Keeper(3600, Unjournaled())
    for run in _live("bad", "good"):
        await keeper.end(run, RunEnded("completed"))
    assert database.ended == {"good": RunEnded("completed")}
    database.bad.clear()
    await keeper.close()
    assert database.ended.keys() == {"bad", "good"}


async def test_the_checkpoints_outlive_whatever_kills_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    database = _Database(error=ValueError("NUL"))
    monkeypatch.setattr(run_saver, "in_database", database)
    (run,) = _live("run")
    asked = 0

    def live() -> list[LiveRun]:
        nonlocal asked
        asked += 1
        if asked == 1:
            raise RuntimeError("the first look fails")
        return [run]

    keeper = Keeper(0.001, Unjournaled())
    keeper.start(live)
    await asyncio.wait_for(database.took.wait(), PATIENCE)
    await keeper.close()
    assert run.saved_seq == 1


def _is_end_or_saving(event: ReaderEvent) -> bool:
    return event == Saving(False) or (
        isinstance(event, Numbered) and isinstance(event.event, RunEnded)
    )


async def _first(
    events: AsyncIterator[ReaderEvent], count: int, wanted: Callable[[ReaderEvent], bool]
) -> AsyncIterator[ReaderEvent]:
    """The first so many events that are wanted."""
    while count:
        event = await anext(events)
        if wanted(event):
            count -= 1
            yield event


def _full(*_: object) -> None:
    raise OperationalError("database or disk is full")
