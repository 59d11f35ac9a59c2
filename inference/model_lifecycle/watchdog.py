"""Detects a model that hangs: busy, and without a step for some time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

_CHECKS = 8
"""So many checks without a step between them show that a model hangs."""
_LONGEST_INTERVAL = 1.0


async def stalled_for(beats: Callable[[], int], busy: Callable[[], bool], seconds: float) -> None:
    """Returns once the model was busy for `seconds` while `beats`, its step count, did not grow.

    Counts checks instead of reading the clock: a computer that slept, or a blocked event loop,
    is no evidence of a hanging model.
    """
    interval = min(seconds / _CHECKS, _LONGEST_INTERVAL)
    known, still = beats(), 0.0
    while still < seconds:
        await asyncio.sleep(interval)
        found = beats()
        still = still + interval if busy() and found == known else 0.0
        known = found
