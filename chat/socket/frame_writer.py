"""A run's events as frames of the protocol; for the short form see `chat.socket.short_form`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from chat.errors import ErrorCode
from chat.errors.sentences import not_saved
from chat.run_events import (
    Numbered,
    QueuePosition,
    RunEnded,
    RunStarted,
    Suspended,
    TextDelta,
    TextSnapshot,
)
from chat.run_events import Saving as SavingEvent
from chat.run_events import Withdrawn as WithdrawnEvent
from chat.runs.reading import ReaderEvent
from chat.socket.error_frame import error_frame
from chat.wire.protocol import (
    End,
    Queued,
    Saving,
    ServerFrame,
    Snapshot,
    Start,
    Stream,
    Withdrawn,
)


class Writer(Protocol):
    """Turns one run's events, in order, into frames."""

    def write(self, event: ReaderEvent) -> Iterator[ServerFrame]: ...


class FrameWriter:
    """Frames as `chat.wire.protocol` has them. `locale` is the language of errors."""

    def __init__(self, run: str, epoch: int, locale: str) -> None:
        self.run = run
        self.epoch = epoch
        self.locale = locale

    def write(self, event: ReaderEvent) -> Iterator[ServerFrame]:
        match event:
            case TextSnapshot(epoch, seq, model, reasoning, answer, dropped, provider):
                texts = (reasoning, answer)
                yield Snapshot(self.run, epoch, seq, model, *texts, dropped, provider)
            case Numbered(seq, RunStarted(model, dropped, provider)):
                at = (self.run, self.epoch, seq)
                yield Start(*at, model, dropped_turns=dropped, provider=provider)
            case Numbered(seq, TextDelta(channel, text)):
                yield Stream(self.run, seq, channel, text)
            case Numbered(seq, RunEnded() as ended):
                yield from self._end(seq, ended)
            case QueuePosition() | SavingEvent() | WithdrawnEvent() | Suspended():
                yield self._beside(event)

    def _beside(
        self, event: QueuePosition | SavingEvent | WithdrawnEvent | Suspended
    ) -> ServerFrame:
        """What has no number, since it is not part of the log."""
        match event:
            case QueuePosition(position, eta_seconds, waiting_for, model):
                return Queued(self.run, position, eta_seconds, waiting_for, model)
            case SavingEvent(saved):
                return Saving(self.run, saved, None if saved else not_saved(self.locale))
            case WithdrawnEvent():
                return Withdrawn(self.run)
            case Suspended():
                return error_frame(ErrorCode.SHUTTING_DOWN, {}, self.locale, run=self.run)

    def _end(self, seq: int, ended: RunEnded) -> Iterator[ServerFrame]:
        if failure := ended.failure:
            yield error_frame(failure.code, failure.detail, self.locale, run=self.run)
        yield End(self.run, seq, ended.status, ended.finish_reason, ended.usage, ended.timings)
