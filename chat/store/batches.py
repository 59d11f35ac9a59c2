"""Long database work in batches, so that the one database thread serves other calls in between.

Measured on two shared cores: inserting 25 short messages with their runs and index entries takes
some 10 ms, and the search index 1 µs more for each character. A send waits for the thread about
seven times, each time for one batch at most.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

from chat.store.database import in_database

BATCH_ROWS = 25
BATCH_CHARACTERS = 16_384
"""A single longer text is a batch of its own."""
_SHORTEST_PAUSE = 0.005
_LONGEST_PAUSE = 0.5


def pause_after(began: float) -> float:
    """Seconds to leave the database to others after a batch that began at `began`, a value of
    `time.monotonic`: as long as the batch took, including its wait for the thread.
    """
    return min(max(time.monotonic() - began, _SHORTEST_PAUSE), _LONGEST_PAUSE)


async def in_batches(batch: Callable[[], bool]) -> None:
    """Call `batch` on the database's thread until it returns False, with pauses. Raises as
    `in_database` does.
    """
    began = time.monotonic()
    while await in_database(batch):
        await asyncio.sleep(pause_after(began))
        began = time.monotonic()


def in_batches_here(batch: Callable[[], bool]) -> None:
    """As `in_batches`, for commands, which share the database with a server. Blocks."""
    began = time.monotonic()
    while batch():
        time.sleep(pause_after(began))
        began = time.monotonic()
