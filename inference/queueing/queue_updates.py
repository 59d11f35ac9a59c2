"""A waiting run's place, told whenever that is worth it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import suppress

from inference.events import QueuePosition
from inference.queueing.queue_entry import Ticket
from inference.queueing.waiting_time import is_news

_LOOK_AGAIN_SECONDS = 5.0
"""So often a waiting time is looked at that nothing has changed but the time."""


async def queue_updates(
    ticket: Ticket, place: Callable[[], QueuePosition]
) -> AsyncGenerator[QueuePosition, None]:
    """Where the run is now, and again after each change, until it is admitted. Raises the
    `InferenceError` with which it is refused.
    """
    told, told_at = None, 0.0
    now = asyncio.get_running_loop().time
    while not ticket.admitted:
        if ticket.failure is not None:
            raise ticket.failure
        ticket.changed.clear()
        found = place()
        if told is None or is_news(found, told, now() - told_at):
            told, told_at = found, now()
            yield found
        # Not while it was yielded: whoever reads slowly must not sleep over a change.
        await _set_or_late(ticket.changed)


async def _set_or_late(changed: asyncio.Event) -> None:
    # Not `wait_for`: before Python 3.12 it swallows a cancellation that meets the change.
    with suppress(TimeoutError):
        async with asyncio.timeout(_LOOK_AGAIN_SECONDS):
            await changed.wait()
