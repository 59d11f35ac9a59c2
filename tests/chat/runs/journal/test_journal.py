"""Readers get what the journal has; what it cannot take is told as such, and it begins anew."""

from __future__ import annotations

import asyncio
import errno
import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from chat.errors import ErrorCode
from chat.run_events import Failure, RunEnded, RunStarted, TextDelta, TextSnapshot
from chat.runs.journal.journal import FileJournal
from chat.runs.journal.record import StartedEntry, TextEntry
from chat.runs.journal.recovery import recover
from chat.runs.journal.segment import Segment
from chat.runs.log import MemoryRunLog, RunLog
from chat.wire.protocol import Usage

LIMIT = 4096
NOTHING = TextSnapshot(1, 0, "", "", "")


@pytest_asyncio.fixture
async def journal(tmp_path: Path) -> AsyncIterator[FileJournal]:
    made = FileJournal(tmp_path, LIMIT)
    await made.open("server", "")
    await made.confirm()
    yield made
    await made.close()


@pytest.fixture
def log(journal: FileJournal) -> RunLog:
    return journal.log("r", MemoryRunLog(64))


def _files(folder: Path) -> list[str]:
    return [file.name for file in folder.iterdir()]


def _kept(folder: Path, journal: str) -> TextSnapshot:
    return recover(folder, journal, "server").complete("r", NOTHING, 0).text


async def test_an_event_is_in_the_journal_before_it_is_told(
    journal: FileJournal, log: RunLog, tmp_path: Path
) -> None:
    assert log.append(RunStarted("m")) == 1
    assert log.append(TextDelta("answer", "你")) == 2
    assert log.last_seq == 0
    await log.grown(0)
    assert log.last_seq == 2
    assert _kept(tmp_path, journal.name) == TextSnapshot(1, 2, "m", "", "你")


async def test_all_events_of_a_turn_are_one_write(
    journal: FileJournal, log: RunLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    writes: list[bytes] = []
    monkeypatch.setattr(Segment, "append", lambda _, records: writes.append(records))
    other = journal.log("s", MemoryRunLog(64))
    for _ in range(3):
        log.append(TextDelta("answer", "x"))
        other.append(TextDelta("answer", "y"))
    await asyncio.sleep(0.01)
    assert len(writes) == 1
    assert (log.last_seq, other.last_seq) == (3, 3)


async def test_a_checkpoint_lets_the_journal_begin_again(
    journal: FileJournal, log: RunLog, tmp_path: Path
) -> None:
    log.append(TextDelta("answer", "旧"))
    log.flush()
    assert await journal.prepare() == ""
    log.append(TextDelta("answer", "新"))
    log.flush()
    assert len(_files(tmp_path)) == 2
    await journal.confirm()
    assert len(_files(tmp_path)) == 1
    kept = TextSnapshot(1, 1, "", "", "旧")
    assert recover(tmp_path, journal.name, "server").complete("r", kept, 0).text.answer == "旧新"


async def test_without_a_checkpoint_both_segments_stay(
    journal: FileJournal, log: RunLog, tmp_path: Path
) -> None:
    for text in ("一", "二", "三"):
        log.append(TextDelta("answer", text))
        log.flush()
        await journal.prepare()
    assert len(_files(tmp_path)) == 2
    assert _kept(tmp_path, journal.name).answer == "一二三"


async def test_a_text_the_database_refuses_is_carried_on(
    journal: FileJournal, log: RunLog, tmp_path: Path
) -> None:
    log.append(TextDelta("answer", "旧"))
    log.flush()
    await journal.prepare()
    journal.carry(TextEntry("r", 1, log.last_seq, 1, log.snapshot()))
    await journal.confirm()
    log.append(TextDelta("answer", "新"))
    log.flush()
    assert _kept(tmp_path, journal.name).answer == "旧新"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="Linux has a full disk to write to")
async def test_a_full_disk_stops_no_event_and_voids_the_journal(
    journal: FileJournal, log: RunLog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[int] = []
    journal.on_unkept = lambda: told.append(log.last_seq)
    log.append(RunStarted("m"))
    log.flush()
    name = journal.name
    full, write = os.open("/dev/full", os.O_WRONLY), os.write
    with monkeypatch.context() as broken:
        broken.setattr(os, "write", lambda _, data: write(full, data))
        log.append(TextDelta("answer", "满"))
        log.flush()
        assert (log.last_seq, told, journal.keeps) == (2, [1], False)
    assert recover(tmp_path, name, "server").is_whole is False
    os.close(full)

    renewed = await journal.prepare()
    assert renewed == journal.name != name
    log.append(TextDelta("answer", "又"))
    log.flush()
    assert journal.keeps is False, "nobody knows the new one before the database does"
    await journal.confirm()
    assert journal.keeps
    kept = TextSnapshot(1, 2, "m", "", "满")
    assert recover(tmp_path, renewed, "server").complete("r", kept, 0).text.answer == "满又"


async def test_past_its_limit_nothing_is_kept(journal: FileJournal, log: RunLog) -> None:
    log.append(TextDelta("answer", "x" * (LIMIT + 1)))
    log.flush()
    assert (log.last_seq, journal.keeps) == (1, False)


async def test_what_a_dead_process_left_is_removed_once_it_is_taken_up(tmp_path: Path) -> None:
    first = FileJournal(tmp_path, LIMIT)
    await first.open("server", "")
    await first.confirm()
    log = first.log("r", MemoryRunLog(8))
    log.append(TextDelta("answer", "你"))
    await first.close()

    second = FileJournal(tmp_path, LIMIT)
    recovery = await second.open("server", first.name)
    assert recovery.complete("r", NOTHING, 0).text.answer == "你"
    assert len(_files(tmp_path)) == 2
    await second.confirm()
    assert _files(tmp_path) == [f"{second.name}-000001.journal"]
    await second.close()


async def test_a_log_that_cannot_take_its_event_keeps_no_other_from_theirs(
    journal: FileJournal, log: RunLog
) -> None:
    ended = MemoryRunLog(8)
    ended.append(RunEnded("completed"))
    journal.append(StartedEntry("broken", 1, 1, 0, "m", 0), ended, RunStarted("m"))
    log.append(RunStarted("m"))
    log.flush()
    assert log.last_seq == 1


@pytest.mark.parametrize(
    "end",
    [
        RunEnded("failed", failure=Failure(ErrorCode.INTERNAL, {"reason": "\ud83d"})),
        RunEnded("completed", "stop", Usage(2**70, 1)),
    ],
    ids=["half a character", "a number of 70 bits"],
)
async def test_an_event_that_cannot_be_encoded_stops_no_other(
    journal: FileJournal, log: RunLog, end: RunEnded
) -> None:
    other = journal.log("other", MemoryRunLog(8))
    log.append(RunStarted("m"))
    other.append(end)
    log.flush()
    assert (log.last_seq, other.last_seq, journal.keeps) == (1, 1, False)
    await journal.prepare()
    await journal.confirm()
    assert journal.keeps


async def test_a_folder_that_cannot_be_read_is_no_journal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(os, "scandir", broken)
    journal = FileJournal(tmp_path, LIMIT)
    assert (await journal.open("server", "before")).is_whole is False
    await journal.confirm()
    assert journal.keeps
    await journal.close()
