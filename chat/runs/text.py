"""A run's text for readers who ask now and then instead of holding a socket."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass

from chat.run_events import Numbered, RunEnded, TextDelta, TextSnapshot
from chat.runs.reading import ReaderEvent
from chat.wire.protocol import RunStatus


@dataclass(slots=True)
class RunText:
    """What follows event `after`; `seq` is the `after` to ask with next.

    With `whole` the texts are all there is and stand in for what the reader had: its number
    was older than the log, or of another epoch. `status` is set once the run has ended.
    """

    epoch: int
    seq: int
    whole: bool = False
    reasoning: str = ""
    answer: str = ""
    status: RunStatus | None = None


async def read_text(
    epoch: int, after: int, events: AsyncIterator[ReaderEvent], wait: float
) -> RunText:
    """Everything that is there now; if nothing is, what comes first within `wait` seconds."""
    text = RunText(epoch, after)
    loop = asyncio.get_running_loop()
    try:
        async with asyncio.timeout(wait) as deadline:
            async for event in events:
                if _add(text, event):
                    # What is there already comes without waiting; the deadline ends the rest.
                    deadline.reschedule(loop.time())
    except TimeoutError:
        pass
    return text


def _add(text: RunText, event: ReaderEvent) -> bool:
    """Whether the event brought anything; a queue position does not."""
    match event:
        case TextSnapshot():
            text.whole, text.epoch, text.seq = True, event.epoch, event.seq
            text.reasoning, text.answer = event.reasoning, event.answer
        case Numbered(seq, inner):
            text.seq = seq
            _add_numbered(text, inner)
        case _:
            return False
    return True


def _add_numbered(text: RunText, event: object) -> None:
    match event:
        case TextDelta("reasoning", part):
            text.reasoning += part
        case TextDelta(_, part):
            text.answer += part
        case RunEnded(status):
            text.status = status
