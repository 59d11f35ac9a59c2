"""A run's log: an append-only list of events, numbered from 1 without gaps.

A reader is one integer, the cursor. What lies after it is the replay, what comes later is
live, and both are the same list; when the list no longer reaches back to the cursor, a
snapshot of the whole text stands in for what is gone.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from typing import Protocol

from chat.run_events import Numbered, RunEnded, RunEvent, RunStarted, TextDelta, TextSnapshot
from chat.wire.protocol import Channel


class RunLog(Protocol):
    """The seam for logs kept elsewhere; the one in memory is the default."""

    @property
    def epoch(self) -> int: ...

    @property
    def last_seq(self) -> int: ...

    @property
    def ended(self) -> bool: ...

    def append(self, event: RunEvent, tokens: int = 0) -> int:
        """The event's number; readers have it at once or shortly after. `tokens` are those
        generated so far. Raises `LogEndedError` after the end.
        """
        ...

    def flush(self) -> None:
        """Let readers have now what was appended."""
        ...

    def reaches(self, after: int) -> bool:
        """Whether every event after `after` is still there."""
        ...

    def since(self, after: int) -> Iterator[Numbered]:
        """The events after `after` that there are now."""
        ...

    def snapshot(self) -> TextSnapshot:
        """The text now, the end event not counted in, so that it is still read."""
        ...

    async def grown(self, after: int) -> None:
        """Returns once there is something after `after`, or after `wake`."""
        ...

    def wake(self) -> None:
        """Let all who wait look again, at something beside the log."""
        ...


class LogEndedError(Exception):
    """Something was appended after the end: a defect of the caller."""


class MemoryRunLog:
    """A log in this process, keeping the last `keep` events. Used from one event loop.

    It goes on from `restored`, whose last events are `events`.
    """

    def __init__(
        self, keep: int, restored: TextSnapshot | None = None, events: Iterable[Numbered] = ()
    ) -> None:
        self._text = restored or TextSnapshot(epoch=1, seq=0, model="", reasoning="", answer="")
        self._events: deque[Numbered] = deque(events, maxlen=keep)
        self._parts: dict[Channel, list[str]] = {"reasoning": [], "answer": []}
        self._last = self._text.seq
        self._end: RunEnded | None = None
        self._grown = asyncio.Event()

    @property
    def epoch(self) -> int:
        return self._text.epoch

    @property
    def last_seq(self) -> int:
        return self._last

    @property
    def ended(self) -> bool:
        return self._end is not None

    def append(self, event: RunEvent, tokens: int = 0) -> int:
        if self._end is not None:
            raise LogEndedError(f"{event} after {self._end}")
        self._last += 1
        self._events.append(Numbered(self._last, event))
        self._fold(event)
        self.wake()
        return self._last

    def flush(self) -> None:
        """Everything appended is told already."""

    def reaches(self, after: int) -> bool:
        first_kept = self._last - len(self._events) + 1
        return after + 1 >= first_kept

    def since(self, after: int) -> Iterator[Numbered]:
        behind = self._last - after
        return islice(self._events, max(len(self._events) - behind, 0), None)

    def snapshot(self) -> TextSnapshot:
        if any(self._parts.values()):
            self._settle()
        seq = self._last - 1 if self.ended else self._last
        return replace(self._text, seq=seq)

    async def grown(self, after: int) -> None:
        if self._last > after:
            return
        await self._grown.wait()

    def wake(self) -> None:
        self._grown.set()
        self._grown = asyncio.Event()

    def _fold(self, event: RunEvent) -> None:
        match event:
            case RunStarted(model, dropped_turns, provider):
                began = replace(self._text, model=model, dropped_turns=dropped_turns)
                self._text = replace(began, provider=provider)
            case TextDelta(channel, text):
                self._parts[channel].append(text)
            case RunEnded():
                self._end = event

    def _settle(self) -> None:
        """Join what came since the last snapshot; joining at every delta would be O(n²)."""
        self._text = replace(
            self._text,
            reasoning=self._text.reasoning + "".join(self._parts["reasoning"]),
            answer=self._text.answer + "".join(self._parts["answer"]),
        )
        for parts in self._parts.values():
            parts.clear()
