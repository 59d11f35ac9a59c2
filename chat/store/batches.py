"""Long work in the database, cut into batches, so that everybody else has its one thread as well.

Measured on two shared cores: inserting 25 short messages with their runs and index entries takes
some 10 ms, and the search index 1 µs for each character more. A send waits for the thread about
seven times, each time behind one batch at most.
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
    """Seconds in which others have the database, by what `time.monotonic` gave before a batch:
    as long as the batch took, waiting for its turn included.
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
    """The same for commands, which share the database with a server. Blocks."""
    began = time.monotonic()
    while batch():
        time.sleep(pause_after(began))
        began = time.monotonic()
