"""A run's log whose readers get an event after the journal has it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from chat.run_events import Numbered, RunEnded, RunEvent, RunStarted, TextDelta, TextSnapshot
from chat.runs.journal.record import DeltaEntry, EndedEntry, Entry, StartedEntry
from chat.runs.log import LogEndedError, MemoryRunLog
from chat.wire.protocol import Channel


class Journal(Protocol):
    """Where events are written before they are told."""

    def append(self, entry: Entry, told: MemoryRunLog, event: RunEvent) -> None:
        """Write `entry` with those of other runs, then append `event`."""
        ...

    def flush(self) -> None:
        """Do so now."""
        ...


class JournaledRunLog:
    """Appends to `journal`, which then appends to `told`; all else is that of `told`."""

    def __init__(self, run: str, told: MemoryRunLog, journal: Journal) -> None:
        self._run = run
        self._told = told
        self._journal = journal
        self._epoch = told.epoch
        self._last = told.last_seq
        self._has_end = told.ended
        kept = told.snapshot()
        self._lengths: dict[Channel, int] = {
            "answer": len(kept.answer),
            "reasoning": len(kept.reasoning),
        }

    @property
    def epoch(self) -> int:
        return self._epoch

    @property
    def last_seq(self) -> int:
        return self._told.last_seq

    @property
    def ended(self) -> bool:
        return self._told.ended

    def append(self, event: RunEvent, tokens: int = 0) -> int:
        if self._has_end:
            raise LogEndedError(f"{event} after the end")
        seq = self._last + 1
        self._journal.append(self._entry(seq, event, tokens), self._told, event)
        self._last = seq
        return seq

    def flush(self) -> None:
        self._journal.flush()

    def reaches(self, after: int) -> bool:
        return self._told.reaches(after)

    def since(self, after: int) -> Iterator[Numbered]:
        return self._told.since(after)

    def snapshot(self) -> TextSnapshot:
        return self._told.snapshot()

    async def grown(self, after: int) -> None:
        await self._told.grown(after)

    def wake(self) -> None:
        self._told.wake()

    def _entry(self, seq: int, event: RunEvent, tokens: int) -> Entry:
        match event:
            case TextDelta(channel, text):
                offset = self._lengths[channel]
                self._lengths[channel] = offset + len(text)
                return DeltaEntry(self._run, self._epoch, seq, tokens, channel, offset, text)
            case RunStarted(model, dropped, provider):
                at = (self._run, self._epoch, seq, tokens)
                return StartedEntry(*at, model, dropped, provider)
            case RunEnded():
                self._has_end = True
                return EndedEntry(self._run, self._epoch, seq, tokens, event)
