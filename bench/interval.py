"""A median with its 95 % interval, from order statistics: nothing is assumed of the values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import comb
from statistics import median

_OUTSIDE = 0.05
FEWEST = 6
"""Of fewer values not even the smallest and the largest hold a median with 95 %."""


@dataclass(frozen=True, slots=True)
class Interval:
    """The true median lies between `low` and `high` with at least 95 %."""

    low: float
    median: float
    high: float


def interval_of(values: Sequence[float]) -> Interval:
    """Raises `ValueError` for fewer than six values."""
    count = len(values)
    if count < FEWEST:
        raise ValueError(f"{count} values, at least {FEWEST} are needed")
    cut = _cut(count)
    ordered = sorted(values)
    return Interval(ordered[cut], median(ordered), ordered[count - 1 - cut])


def _cut(count: int) -> int:
    """How many of the smallest lie below the interval, and as many of the largest above it."""
    below, cut = 0.0, -1
    while 2 * (below + comb(count, cut + 1) / 2**count) <= _OUTSIDE:
        cut += 1
        below += comb(count, cut) / 2**count
    return cut
