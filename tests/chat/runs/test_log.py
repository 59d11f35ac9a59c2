"""The log's law: for every cut, what was read plus what follows is the whole."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from chat.run_events import Numbered, RunEnded, RunStarted, TextDelta, TextSnapshot
from chat.runs.log import LogEndedError, MemoryRunLog, RunLog
from chat.wire.protocol import Channel
from tests.patience import PATIENCE


class Reader:
    """A client's side: a cursor and the texts, as `chat.runs.reading.follow` feeds it."""

    def __init__(self, cursor: int, epoch: int = 1) -> None:
        self.cursor = cursor
        self.epoch = epoch
        self.text = {"answer": "", "reasoning": ""}
        self.ends = 0

    def catch_up(self, log: RunLog) -> None:
        if self.epoch != log.epoch or self.cursor < 0 or not log.reaches(self.cursor):
            self._reset(log.snapshot())
        for numbered in log.since(self.cursor):
            self._take(numbered)

    def _reset(self, snapshot: TextSnapshot) -> None:
        self.cursor, self.epoch = snapshot.seq, snapshot.epoch
        self.text = {"answer": snapshot.answer, "reasoning": snapshot.reasoning}

    def _take(self, numbered: Numbered) -> None:
        assert numbered.seq == self.cursor + 1, "a number was stepped over or repeated"
        self.cursor = numbered.seq
        match numbered.event:
            case TextDelta(channel, text):
                self.text[channel] += text
            case RunEnded():
                self.ends += 1


class RunLogMachine(RuleBasedStateMachine):
    """A log that keeps few events, readers that come, lag and go as they like, and a server
    that dies and goes on from its last checkpoint.
    """

    @initialize(keep=st.integers(1, 6))
    def open_log(self, keep: int) -> None:
        self.log = MemoryRunLog(keep)
        self.whole = {"answer": "", "reasoning": ""}
        self.readers = [Reader(0)]
        self.kept = self.log.snapshot()
        self.log.append(RunStarted("m"))

    @precondition(lambda self: not self.log.ended)
    @rule(channel=st.sampled_from(["answer", "reasoning"]), text=st.text(min_size=1, max_size=5))
    def append(self, channel: Channel, text: str) -> None:
        before = self.log.last_seq
        assert self.log.append(TextDelta(channel, text)) == before + 1
        self.whole[channel] += text

    @rule(at_nowhere=st.booleans())
    def join(self, at_nowhere: bool) -> None:
        self.readers.append(Reader(-1 if at_nowhere else 0, self.log.epoch))

    @rule(which=st.integers(0, 5))
    def read(self, which: int) -> None:
        reader = self.readers[which % len(self.readers)]
        reader.catch_up(self.log)
        assert reader.text == self.whole

    @rule()
    def checkpoint(self) -> None:
        self.kept = self.log.snapshot()

    @precondition(lambda self: not self.log.ended)
    @rule(keep=st.integers(1, 6))
    def die_and_go_on(self, keep: int) -> None:
        """What came after the checkpoint is gone, and its numbers are given again."""
        self.kept = replace(self.kept, epoch=self.log.epoch + 1)
        self.log = MemoryRunLog(keep, self.kept)
        self.whole = {"answer": self.kept.answer, "reasoning": self.kept.reasoning}
        self.log.append(RunStarted("m"))

    @precondition(lambda self: not self.log.ended)
    @rule()
    def end(self) -> None:
        self.log.append(RunEnded("completed"))

    @invariant()
    def everybody_gets_the_whole_in_the_end(self) -> None:
        late = Reader(0, self.log.epoch)
        late.catch_up(self.log)
        assert late.text == self.whole
        assert late.ends == int(self.log.ended)

    def teardown(self) -> None:
        for reader in getattr(self, "readers", ()):
            reader.catch_up(self.log)
            assert reader.text == self.whole
            assert reader.ends == int(self.log.ended)


TestRunLog = RunLogMachine.TestCase
TestRunLog.settings = settings(max_examples=100, stateful_step_count=30)


def test_nothing_follows_the_end() -> None:
    log = MemoryRunLog(8)
    log.append(RunEnded("completed"))
    with pytest.raises(LogEndedError):
        log.append(TextDelta("answer", "x"))


def test_the_end_is_never_hidden_by_a_snapshot() -> None:
    log = MemoryRunLog(1)
    for event in (
        RunStarted("m"),
        TextDelta("answer", "你"),
        TextDelta("answer", "好"),
        RunEnded("completed"),
    ):
        log.append(event)
    assert log.snapshot() == TextSnapshot(1, 3, "m", "", "你好")
    assert [n.seq for n in log.since(3)] == [4]


def test_a_restored_log_numbers_on() -> None:
    log = MemoryRunLog(8, TextSnapshot(2, 7, "m", "想", "你"))
    assert log.append(TextDelta("answer", "好")) == 8
    assert log.snapshot() == TextSnapshot(2, 8, "m", "想", "你好")


async def test_a_reader_at_the_end_of_the_log_is_woken_by_an_event() -> None:
    log = MemoryRunLog(8)
    waiting = asyncio.create_task(log.grown(0))
    await asyncio.sleep(0)
    assert not waiting.done()
    log.append(RunStarted("m"))
    await asyncio.wait_for(waiting, PATIENCE)


async def test_a_reader_that_lags_does_not_wait() -> None:
    log = MemoryRunLog(8)
    log.append(RunStarted("m"))
    await asyncio.wait_for(log.grown(0), PATIENCE)
