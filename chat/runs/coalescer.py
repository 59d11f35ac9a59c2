"""Deltas gathered before they are numbered: the first at once, then one per interval."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from chat.run_events import TextDelta
from chat.wire.protocol import Channel


class Coalescer:
    """Calls `emit` with whole deltas in order; a change of channel ends a delta.

    A phone cannot draw more often than it flushes, and a frame costs the same whether it
    holds one token or ten.
    """

    def __init__(self, emit: Callable[[TextDelta], None], interval: float) -> None:
        self._emit = emit
        self._interval = interval
        self._loop = asyncio.get_running_loop()
        self._due = 0.0
        self._channel: Channel = "answer"
        self._parts: list[str] = []
        self._timer: asyncio.TimerHandle | None = None

    def add(self, channel: Channel, text: str) -> None:
        """Take text in; it is emitted at once if the interval since the last is over."""
        if channel != self._channel:
            self.flush()
            self._channel = channel
        self._parts.append(text)
        if self._loop.time() >= self._due:
            self.flush()
        elif self._timer is None:
            self._timer = self._loop.call_at(self._due, self.flush)

    def flush(self) -> None:
        """Emit what is held, if anything; before an end event this must be called."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if not self._parts:
            return
        delta = TextDelta(self._channel, "".join(self._parts))
        self._parts.clear()
        self._due = self._loop.time() + self._interval
        self._emit(delta)
