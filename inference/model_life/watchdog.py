"""Tells a model that hangs from one that works or rests."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

_LOOKS = 8
"""In so many looks without a step between them is a model found to hang."""
_LONGEST_LOOK = 1.0


async def hangs(beats: Callable[[], int], busy: Callable[[], bool], seconds: float) -> None:
    """Returns once the model was busy for so long while `beats`, its steps, stood still.

    Counted in looks, not by the clock: a computer that slept, or an event loop that was held
    up, says nothing about the model.
    """
    look = min(seconds / _LOOKS, _LONGEST_LOOK)
    known, still = beats(), 0.0
    while still < seconds:
        await asyncio.sleep(look)
        found = beats()
        still = still + look if busy() and found == known else 0.0
        known = found
