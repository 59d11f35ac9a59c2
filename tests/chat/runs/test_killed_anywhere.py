"""Killed at any read or write: what readers have goes on, and each answer has one end."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from chat.actor import Actor
from chat.run_events import Numbered, RunEnded, TextDelta, TextSnapshot
from chat.runs.journal.journal import FileJournal
from chat.runs.policy import Policy
from chat.service import ChatService
from chat.store import in_database, load_run
from chat.wire.protocol import Send
from inference import ChatMessage, Engine
from inference.backends.scenarios import Line, Scenario
from inference.backends.scripted import ScriptedBackend
from tests.chat.runs.dying_process import DyingProcess

ALICE = Actor("alice", "phone")


class Reader:
    """Reads a run from process to process, as a phone does."""

    def __init__(self, run: str) -> None:
        self.run = run
        self.epoch: int | None = None
        self.at = 0
        self.text = ""
        self.ends: list[RunEnded] = []

    async def read(self, service: ChatService, process: DyingProcess | None = None) -> None:
        reading = await service.attach(ALICE, self.run, self.at, self.epoch)
        assert self.epoch in (None, reading.epoch)
        self.epoch = reading.epoch
        async for event in reading.events:
            if process and process.is_dead:
                return
            match event:
                case TextSnapshot():
                    assert event.answer.startswith(self.text)
                    self.at, self.text = event.seq, event.answer
                case Numbered(seq, told):
                    assert seq == self.at + 1
                    self.at = seq
                    self._take(told)

    def _take(self, event: object) -> None:
        if isinstance(event, TextDelta):
            self.text += event.text
        if isinstance(event, RunEnded):
            self.ends.append(event)


def _copy(folder: Path) -> Path:
    """What the dead process left: its timers, which nobody can stop, still write to its own."""
    copy = folder.with_name(f"{folder.name}+")
    if folder.exists():
        shutil.copytree(folder, copy)
    return copy


def _service(folder: Path, letter: str) -> ChatService:
    """Each process says something else, so that what is said again is found."""

    def script(messages: tuple[ChatMessage, ...]) -> Iterator[Line]:
        yield Line("answer", "".join(f"{letter}{number}," for number in range(9)))

    backend = ScriptedBackend(Scenario("m", "m", script, piece_seconds=0.002), slots=4)
    policy = Policy("", 8, 64, checkpoint_seconds=0.004)
    return ChatService(Engine([backend], queue_length=4), policy, FileJournal(folder, 1 << 20))


async def _say(service: ChatService, readers: list[Reader], process: DyingProcess) -> None:
    await service.start()
    first = await service.send(ALICE, Send("1", "一"))
    readers.append(Reader(first.run))
    reading = asyncio.ensure_future(readers[0].read(service, process))
    second = await service.send(ALICE, Send("2", "二", first.conversation))
    readers.append(Reader(second.run))
    await asyncio.gather(reading, readers[1].read(service, process))
    await service.close()


async def _go_on(service: ChatService, readers: list[Reader], process: DyingProcess) -> None:
    await service.start()
    await asyncio.gather(*(one.read(service, process) for one in readers if not one.ends))


async def _check(service: ChatService, readers: list[Reader]) -> None:
    await service.start()
    await asyncio.gather(*(r.read(service) for r in readers if not r.ends))
    await service.close()
    for reader in readers:
        stored = await in_database(load_run, reader.run)
        assert stored is not None
        assert (stored.text.answer, [stored.end]) == (reader.text, reader.ends)


@pytest.mark.parametrize("at", range(10, 44, 3))
@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
async def test_readers_go_on_whatever_was_the_last_that_was_written(
    transactional_db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: int, after: bool
) -> None:
    readers: list[Reader] = []
    folder = tmp_path / "journal"
    for letter, last, work in (("A", at, _say), ("B", at % 7 + 1, _go_on)):
        process = DyingProcess(last, after=after)
        with monkeypatch.context() as patch:
            process.attach(patch)
            service = _service(folder, letter)
            await process.run(partial(work, service, readers, process))
            folder = _copy(folder)
    await _check(_service(folder, "C"), readers)
