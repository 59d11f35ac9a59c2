"""The queue positions of a waiting run, one after each relevant change."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import suppress

from inference.events import QueuePosition
from inference.queueing.queue_entry import QueueEntry
from inference.queueing.waiting_time import has_changed

_LOOK_AGAIN_SECONDS = 5.0
"""Interval at which the waiting time is computed again while the queue does not change."""


async def queue_updates(
    entry: QueueEntry, position: Callable[[], QueuePosition]
) -> AsyncGenerator[QueuePosition, None]:
    """The run's position now, and again after each change, until it is admitted. Raises the
    `InferenceError` with which it is refused.
    """
    sent, sent_at = None, 0.0
    now = asyncio.get_running_loop().time
    while not entry.admitted:
        if entry.failure is not None:
            raise entry.failure
        entry.changed.clear()
        found = position()
        if sent is None or has_changed(found, sent, now() - sent_at):
            sent, sent_at = found, now()
            yield found
        # `changed` is cleared before the yield: a change while the reader is busy is not missed.
        await _wait_or_timeout(entry.changed)


async def _wait_or_timeout(changed: asyncio.Event) -> None:
    # Not `wait_for`: before Python 3.12 it loses a cancellation that arrives with the change.
    with suppress(TimeoutError):
        async with asyncio.timeout(_LOOK_AGAIN_SECONDS):
            await changed.wait()
