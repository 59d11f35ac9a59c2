"""A broken promise, as a check tells it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from tests.chaos.difference import NO_DIFFERENCE, Difference

FaultKind = Literal["text", "number", "end", "epoch", "refused"]


@dataclass(frozen=True, slots=True)
class Fault:
    """What was found, where, and the characters it concerns."""

    kind: FaultKind
    where: str
    what: str
    difference: Difference = NO_DIFFERENCE


def characters(faults: Iterable[Fault]) -> Difference:
    """All differences together."""
    return sum((fault.difference for fault in faults), NO_DIFFERENCE)
