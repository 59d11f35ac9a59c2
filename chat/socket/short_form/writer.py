"""A run's events as frames for `{"message": …}` clients."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import msgspec

from chat.errors import ErrorCode
from chat.run_events import (
    Failure,
    Numbered,
    QueuePosition,
    RunEnded,
    RunStarted,
    Suspended,
    TextDelta,
    TextSnapshot,
    Withdrawn,
)
from chat.runs.reading import ReaderEvent
from chat.socket.frame_writer import FrameWriter
from chat.socket.short_form.closing import closing_text
from chat.socket.short_form.waiting import waiting_sentence
from chat.wire.protocol import Channel, End, RunStatus, ServerFrame, Start, Stream
from inference import ModelCard

SHORT_FORM_PLACEHOLDER = "AI正在思考中...\n"


def _unknown() -> ModelCard | None:
    return None


class ShortFormWriter:
    """One text, with its reasoning inside `<think>…</think>`.

    A `start` replaces the line that is drawn: with what the run waits for, then with the
    placeholder. A failure is written into the text, and no line is left without an `end`. `card`
    tells the model as it is now. Frames that the protocol's clients get stay beside these.
    """

    def __init__(self, inner: FrameWriter, card: Callable[[], ModelCard | None] = _unknown) -> None:
        self._inner = inner
        self._card = card
        self._queue_position: QueuePosition | None = None
        self._told = ""
        self._seq = 0
        self._thinking = False
        self._has_text = False

    def write(self, event: ReaderEvent) -> Iterator[ServerFrame]:
        match event:
            case TextSnapshot():
                yield from self._replace(event)
            case Numbered(seq, RunStarted()):
                self._seq, self._queue_position = seq, None
                yield from self._begin(event)
            case Numbered(seq, TextDelta(channel, text)):
                self._seq = seq
                yield self._stream(channel, text)
            case Numbered(seq, RunEnded() as ended):
                self._seq, self._queue_position = seq, None
                yield from self._end(event, ended)
            case _:
                yield from self._inner.write(event)
                yield from self._aside(event)

    def waiting(self) -> Iterator[ServerFrame]:
        """What the run waits for, unless it has begun or that is told already."""
        if self._queue_position is None:
            return
        told = waiting_sentence(self._queue_position, self._card(), self._inner.locale)
        if told != self._told:
            self._told = told
            yield self._line(told)

    def _aside(self, event: ReaderEvent) -> Iterator[ServerFrame]:
        """What is not part of the log, and has to be drawn nevertheless."""
        match event:
            case QueuePosition():
                self._queue_position = event
                yield from self.waiting()
            case Suspended():
                yield from self._close("interrupted", Failure(ErrorCode.SHUTTING_DOWN, {}))
                yield self._bare_end("interrupted")
            case Withdrawn():
                yield from self._close("cancelled", None)
                yield self._bare_end("cancelled")

    def _begin(self, event: Numbered) -> Iterator[ServerFrame]:
        """Not where text is drawn already, which a `start` would take away."""
        if self._has_text:
            return
        for frame in self._inner.write(event):
            if isinstance(frame, Start):
                yield msgspec.structs.replace(frame, content=SHORT_FORM_PLACEHOLDER)

    def _replace(self, snapshot: TextSnapshot) -> Iterator[ServerFrame]:
        """The whole text anew, in place of what these clients cannot read: a `snapshot`."""
        self._seq, self._queue_position, self._thinking = snapshot.seq, None, False
        yield self._line("")
        if snapshot.reasoning:
            yield self._stream("reasoning", snapshot.reasoning)
        if snapshot.answer:
            yield self._stream("answer", snapshot.answer)

    def _end(self, event: Numbered, ended: RunEnded) -> Iterator[ServerFrame]:
        for frame in self._inner.write(event):
            if isinstance(frame, End):
                yield from self._close(ended.status, ended.failure)
                yield _with_an_old_reason(frame)
            else:
                yield frame

    def _close(self, status: RunStatus, failure: Failure | None) -> Iterator[ServerFrame]:
        """What is to be read where the text ends; a line that shows only a wait is replaced."""
        has_text, tag = self._has_text, self._tag(thinking=False)
        text = closing_text(status, failure, self._inner.locale, has_text=has_text)
        if text and not has_text:
            yield self._line("")
        if tag or text:
            yield Stream(self._inner.run, self._seq, "answer", tag + text)

    def _stream(self, channel: Channel, text: str) -> Stream:
        self._has_text = True
        tag = self._tag(channel == "reasoning")
        return Stream(self._inner.run, self._seq, "answer", tag + text)

    def _line(self, content: str) -> Start:
        """The line as it is to be drawn from now on; no event of the log."""
        model = self._card()
        name = model.id if model is not None else ""
        return Start(self._inner.run, self._inner.epoch, self._seq, name, content)

    def _bare_end(self, status: RunStatus) -> End:
        return End(self._inner.run, self._seq, status, None, None, None)

    def _tag(self, thinking: bool) -> str:
        if thinking == self._thinking:
            return ""
        self._thinking = thinking
        return "<think>" if thinking else "</think>"


def _with_an_old_reason(end: End) -> End:
    """A reason that short-form clients were written before is told by the nearest they know."""
    reason = "length" if end.finish_reason == "repetition" else end.finish_reason
    return msgspec.structs.replace(end, finish_reason=reason)
