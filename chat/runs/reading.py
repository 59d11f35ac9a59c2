"""One reader's way through a run: replay, live, slow, late and back again are the same."""

from __future__ import annotations

from collections.abc import AsyncIterator

from chat.errors import ChatError, ErrorCode
from chat.run_events import Numbered, QueuePosition, Saving, Suspended, TextSnapshot, Withdrawn
from chat.runs.live_run import LiveRun

Aside = QueuePosition | Saving
"""What readers are told beside the log: only the newest of each matters."""

ReaderEvent = Aside | TextSnapshot | Numbered | Withdrawn | Suspended
"""The whole text so far, the next event, something beside the log, or why no end will come."""


def cursor(run: LiveRun, after: int, epoch: int | None) -> int:
    """Where a reader stands who has read up to `after` of numbering `epoch`; -1 is nowhere.

    A reader that names no epoch has a number of the first, or of one that nobody knows.

    Raises `ChatError` with `bad_cursor` for a number the run has not reached.
    """
    if epoch is None:
        epoch = 1 if after else run.log.epoch
    if epoch != run.log.epoch:
        return -1
    if after > run.log.last_seq:
        raise ChatError(ErrorCode.BAD_CURSOR, after=after, last=run.log.last_seq)
    return after


async def follow(run: LiveRun, at: int) -> AsyncIterator[ReaderEvent]:
    """Everything after the cursor, then live, to the end event: the one path of all readers.

    A snapshot comes first, or in between, when the log cannot replay from the cursor. A reader
    who has the end stays until it is saved, to hear of that.
    """
    log = run.log
    told = _Told()
    while True:
        if at < 0 or not log.reaches(at):
            snapshot = log.snapshot()
            at = snapshot.seq
            yield snapshot
        for numbered in tuple(log.since(at)):
            at = numbered.seq
            yield numbered
        if aside := told.news(run):
            yield aside
        elif run.left:
            yield run.left
            return
        elif log.ended and run.saved and at == log.last_seq:
            return
        else:
            # Nothing is awaited between the looks above and this, so no news is slept through.
            await log.grown(at)


class _Told:
    """What one reader was told beside the log."""

    def __init__(self) -> None:
        self._queue_position: QueuePosition | None = None
        self._saved = True

    def news(self, run: LiveRun) -> Aside | None:
        if run.queue_position is not None and run.queue_position != self._queue_position:
            self._queue_position = run.queue_position
            return run.queue_position
        if run.saved != self._saved:
            self._saved = run.saved
            return Saving(run.saved)
        return None
