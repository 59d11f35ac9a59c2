"""A run's log whose readers get an event after the journal has it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Protocol

from chat.run_events import Delta, Ended, Numbered, RunEvent, TextSnapshot
from chat.runs.journal.record import Entry
from chat.runs.log import LogEndedError, MemoryRunLog

Tell = Callable[[], object]
"""Lets an event's readers have it."""


class Journal(Protocol):
    """Where entries are written before they are told."""

    def append(self, entry: Entry, tell: Tell) -> None: ...

    def flush(self) -> None: ...


class JournaledRunLog:
    """Appends to `journal`, which then appends to `told`; all else is that of `told`."""

    def __init__(self, run: str, told: MemoryRunLog, journal: Journal) -> None:
        self._run = run
        self._told = told
        self._journal = journal
        self._last = told.last_seq
        self._has_end = told.ended
        kept = told.snapshot()
        self._lengths = {"answer": len(kept.answer), "reasoning": len(kept.reasoning)}

    @property
    def epoch(self) -> int:
        return self._told.epoch

    @property
    def last_seq(self) -> int:
        return self._told.last_seq

    @property
    def ended(self) -> bool:
        return self._told.ended

    def append(self, event: RunEvent, tokens: int = 0) -> int:
        if self._has_end:
            raise LogEndedError(f"{event} after the end")
        seq, offset = self._last + 1, self._offset(event)
        entry = Entry(self._run, self.epoch, seq, tokens, event, offset)
        self._journal.append(entry, lambda: self._told.append(event))
        self._last, self._has_end = seq, isinstance(event, Ended)
        if isinstance(event, Delta):
            self._lengths[event.channel] += len(event.text)
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

    def _offset(self, event: RunEvent) -> int:
        return self._lengths[event.channel] if isinstance(event, Delta) else 0
