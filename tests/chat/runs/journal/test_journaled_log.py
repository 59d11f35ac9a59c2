"""The law: whatever dies when, what a reader has is a part of what it gets in the end."""

from __future__ import annotations

import asyncio
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chat.run_events import RestoredText, RunEnded, RunEvent, TextDelta, TextSnapshot
from chat.runs.journal.journal import FileJournal
from chat.runs.journal.journaled_log import JournaledRunLog
from chat.runs.journal.record import DeltaEntry, Entry
from chat.runs.log import LogEndedError, MemoryRunLog, RunLog
from tests.chat.runs.test_log import Reader

ACTS = st.sampled_from(["write", "write", "turn", "read", "checkpoint", "no checkpoint", "kill"])


@dataclass
class Server:
    """Processes that follow each other, over one database and one folder."""

    folder: Path
    name: str = ""
    kept: RestoredText = field(default_factory=lambda: RestoredText(TextSnapshot(1, 0, "", "", "")))

    async def start(self) -> None:
        self.journal = FileJournal(self.folder, 1 << 20)
        recovery = await self.journal.open("server", self.name)
        if self.name:
            self.kept = recovery.complete("r", self.kept.text, 0)
        self.name = self.journal.name
        await self.journal.confirm()
        told = MemoryRunLog(4, self.kept.text, self.kept.events)
        self.log: RunLog = self.journal.log("r", told)

    async def checkpoint(self, saved: bool) -> None:
        await self.journal.prepare()
        if saved:
            self.kept = RestoredText(self.log.snapshot())
            await self.journal.confirm()

    async def kill(self) -> None:
        """What was not written by then is lost; nobody has read it."""
        self.journal.flush = lambda: None  # type: ignore[method-assign]
        await self.journal.close()


async def _play(acts: list[str], folder: Path) -> None:
    server, near, far = Server(folder), Reader(0), Reader(0)
    await server.start()
    for number, act in enumerate(acts):
        match act:
            case "write":
                server.log.append(TextDelta("answer", f"{number},"))
            case "turn":
                server.log.flush()
            case "read":
                near.catch_up(server.log)
            case "checkpoint" | "no checkpoint":
                await server.checkpoint(saved=act == "checkpoint")
            case "kill":
                await server.kill()
                await server.start()
        _goes_on(near, server.log)
    _goes_on(far, server.log)
    await server.journal.close()


def _goes_on(reader: Reader, log: RunLog) -> None:
    """The reader's numbering holds, and its text is the beginning of the whole."""
    assert log.epoch == reader.epoch == 1
    assert reader.cursor <= log.last_seq
    assert log.snapshot().answer.startswith(reader.text["answer"])


@given(st.lists(ACTS, max_size=30))
def test_after_every_kill_readers_go_on_by_their_cursors(acts: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(_play(acts, Path(folder)))


class Written:
    """A journal that keeps entries and tells them when it is flushed."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self._untold: list[tuple[MemoryRunLog, RunEvent]] = []

    def append(self, entry: Entry, told: MemoryRunLog, event: RunEvent) -> None:
        self.entries.append(entry)
        self._untold.append((told, event))

    def flush(self) -> None:
        untold, self._untold = self._untold, []
        for told, event in untold:
            told.append(event)


def test_numbers_and_offsets_go_on_from_the_restored_text() -> None:
    written = Written()
    log = JournaledRunLog("r", MemoryRunLog(8, TextSnapshot(2, 7, "m", "想", "你好")), written)
    assert log.append(TextDelta("answer", "吗"), 5) == 8
    assert log.append(TextDelta("answer", "？"), 6) == 9
    assert written.entries == [
        DeltaEntry("r", 2, 8, 5, "answer", 2, "吗"),
        DeltaEntry("r", 2, 9, 6, "answer", 3, "？"),
    ]
    assert log.last_seq == 7
    log.flush()
    assert log.snapshot() == TextSnapshot(2, 9, "m", "想", "你好吗？")


def test_nothing_follows_an_end_that_is_not_told_yet() -> None:
    log = JournaledRunLog("r", MemoryRunLog(8), Written())
    log.append(RunEnded("completed"))
    with pytest.raises(LogEndedError):
        log.append(TextDelta("answer", "x"))
