"""What the journal has and what the database has together are always the whole text."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from chat import store
from chat.actor import Actor
from chat.errors import ChatError, ErrorCode
from chat.models import Run
from chat.run_events import RunEnded, Saving, TextDelta, TextSnapshot
from chat.runs import keeper as keeper_module
from chat.runs import run_saver
from chat.runs.journal import segments
from chat.runs.journal.header import Header
from chat.runs.journal.journal import FileJournal
from chat.runs.journal.recovery import recover
from chat.runs.journal.segment import Segment
from chat.runs.keeper import Keeper
from chat.runs.live_run import LiveRun, RunKey
from chat.runs.log import MemoryRunLog
from chat.runs.policy import Policy
from chat.runs.reading import cursor
from chat.service import ChatService
from chat.store import Checkpoint, in_database
from chat.wire.protocol import Options, Send
from inference import Engine
from tests.patience import PATIENCE

ALICE = Actor("alice", "phone")
LIMIT = 1 << 20


class Database:
    """Refuses the texts of some runs, or all it is asked."""

    def __init__(self) -> None:
        self.refuses: set[str] = set()
        self.takes_nothing = False
        self.journal = ""

    async def __call__(self, function: Callable[..., Any], *args: Any) -> Any:
        if self.takes_nothing:
            raise ChatError(ErrorCode.STORAGE_FAILED)
        if function is store.remember_journal:
            self.journal = args[0]
            return None
        checkpoints: list[Checkpoint] = args[0]
        if self.refuses.intersection(one.run for one in checkpoints):
            raise ValueError("a text that cannot be stored")
        return []


@pytest.fixture
def database(monkeypatch: pytest.MonkeyPatch) -> Database:
    made = Database()
    for module in (keeper_module, run_saver):
        monkeypatch.setattr(module, "in_database", made)
    return made


@pytest_asyncio.fixture
async def journal(tmp_path: Path) -> AsyncIterator[FileJournal]:
    made = FileJournal(tmp_path, LIMIT)
    await made.open("server", "")
    await made.confirm()
    yield made
    await made.close()


class Runs:
    """Some live runs that say something now and then."""

    def __init__(self, journal: FileJournal, *names: str) -> None:
        self.keeper = Keeper(3600, journal)
        self.live = [
            LiveRun(RunKey(name, "c", "d"), journal.log(name, MemoryRunLog(8))) for name in names
        ]
        self.keeper.start(lambda: self.live)

    def write(self, text: str) -> None:
        for run in self.live:
            run.log.append(TextDelta("answer", text))
            run.log.flush()


def _files(folder: Path) -> list[Path]:
    return list(folder.iterdir())


def _kept(folder: Path, journal: str, run: str, seq: int = 0, text: str = "") -> TextSnapshot:
    kept = TextSnapshot(1, seq, "", "", text)
    return recover(folder, journal, "server").complete(run, kept, 0).text


async def test_a_run_the_database_refuses_alone_is_kept_by_the_journal(
    database: Database, journal: FileJournal, tmp_path: Path
) -> None:
    runs = Runs(journal, "good", "bad")
    database.refuses = {"bad"}
    for text in ("一", "二", "三"):
        runs.write(text)
        await runs.keeper.save()
    runs.write("四")
    assert _kept(tmp_path, journal.name, "bad") == TextSnapshot(1, 4, "", "", "一二三四")
    assert _kept(tmp_path, journal.name, "good", 3, "一二三").answer == "一二三四"


async def test_so_is_its_end(database: Database, journal: FileJournal, tmp_path: Path) -> None:
    runs = Runs(journal, "good", "bad")
    database.refuses = {"bad"}
    runs.write("一")
    bad = runs.live.pop()
    await runs.keeper.end(bad, RunEnded("completed"))
    bad.log.append(RunEnded("completed"))
    bad.log.flush()
    runs.write("二")
    await runs.keeper.save()
    found = recover(tmp_path, journal.name, "server").complete(
        "bad", TextSnapshot(1, 0, "", "", ""), 0
    )
    assert (found.text.answer, found.end) == ("一", RunEnded("completed"))


async def test_while_the_database_takes_nothing_the_journal_keeps_all(
    database: Database, journal: FileJournal, tmp_path: Path
) -> None:
    runs = Runs(journal, "run")
    database.takes_nothing = True
    for text in ("一", "二", "三"):
        runs.write(text)
        await runs.keeper.save()
    assert _kept(tmp_path, journal.name, "run").answer == "一二三"


async def test_a_journal_that_was_full_counts_again_after_a_checkpoint(
    database: Database, journal: FileJournal, tmp_path: Path
) -> None:
    runs = Runs(journal, "run")
    (run,) = runs.live
    runs.write("x" * LIMIT)
    assert (run.saved, journal.keeps) == (False, False)

    database.takes_nothing = True
    await runs.keeper.save()
    assert (run.saved, journal.keeps) == (False, False)

    database.takes_nothing = False
    await runs.keeper.save()
    assert (run.saved, journal.keeps) == (True, True)
    assert database.journal == journal.name
    runs.write("y")
    assert _kept(tmp_path, journal.name, "run", 1, "x" * LIMIT).answer.endswith("xy")


async def test_so_is_it_by_one_that_counts_again(
    database: Database, journal: FileJournal, tmp_path: Path
) -> None:
    runs = Runs(journal, "good", "bad")
    runs.write("一")
    good = runs.live[0]
    good.log.append(TextDelta("answer", "x" * LIMIT))
    good.log.flush()
    assert journal.keeps is False
    database.refuses = {"bad"}
    await runs.keeper.save()
    assert (journal.keeps, database.journal) == (True, journal.name)
    runs.write("二")
    assert _kept(tmp_path, journal.name, "bad").answer == "一二"


async def test_a_checkpoint_whose_caller_went_away_is_made_to_its_end(
    database: Database, journal: FileJournal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    runs = Runs(journal, "run")
    runs.write("一")
    making, go_on = asyncio.Event(), threading.Event()
    loop = asyncio.get_running_loop()

    def slowly(folder: Path, header: Header) -> Segment:
        loop.call_soon_threadsafe(making.set)
        go_on.wait(PATIENCE)
        return Segment(folder, header)

    with monkeypatch.context() as patched:
        patched.setattr(segments, "Segment", slowly)
        saving = asyncio.create_task(runs.keeper.save())
        await making.wait()
        saving.cancel()
        await asyncio.wait({saving})
    go_on.set()
    runs.write("二")
    await runs.keeper.save()
    runs.write("三")
    await runs.keeper.save()
    (run,) = runs.live
    assert run.saved_seq == 3
    assert [file.name[-14:] for file in _files(tmp_path)] == ["000003.journal"]


async def test_readers_hear_of_events_that_are_not_kept(
    engine: Engine, transactional_db: None, tmp_path: Path
) -> None:
    journal = FileJournal(tmp_path, 400)
    service = ChatService(engine, Policy("", 8, 64, checkpoint_seconds=0.02), journal)
    await service.start()
    turn = await service.send(ALICE, Send("1", "问", model="scripted/endless"))
    told: list[Saving] = []
    async for event in (await service.attach(ALICE, turn.run, 0, None)).events:
        if isinstance(event, Saving):
            told.append(event)
        if len(told) == 2:
            break
    await service.close()
    assert told == [Saving(False), Saving(True)]


async def test_a_seed_that_was_not_given_is_drawn_once_and_kept(
    engine: Engine, transactional_db: None
) -> None:
    service = ChatService(engine, Policy("", 8, 64))
    await service.start()
    for number, options in enumerate((Options(), Options(), Options(seed=7))):
        wanted = Send(str(number), "问", model="scripted/plain", options=options)
        turn = await service.send(ALICE, wanted)
        async for _ in (await service.attach(ALICE, turn.run, 0, None)).events:
            pass
    await service.close()
    first, second, given = [options["seed"] for options in await in_database(_options)]
    assert first != second
    assert 0 <= first < 2**32 - 1
    assert given == 7


def _options() -> list[dict[str, Any]]:
    return list(Run.objects.order_by("created_at").values_list("options", flat=True))


@pytest.mark.parametrize(
    ("epoch", "after", "asked", "at"),
    [(1, 3, None, 3), (1, 3, 1, 3), (2, 3, None, -1), (2, 0, None, 0), (2, 3, 1, -1), (2, 3, 2, 3)],
)
def test_a_number_of_an_unknown_epoch_is_nowhere(
    epoch: int, after: int, asked: int | None, at: int
) -> None:
    log = MemoryRunLog(8, TextSnapshot(epoch, 5, "", "", ""))
    assert cursor(LiveRun(RunKey("r", "c", "d"), log), after, asked) == at
