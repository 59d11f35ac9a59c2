"""Which decodes share one attention call: plain Python, no tensors.

A call computes a rectangle: neighbouring slots × the longest of their pasts. One call for all
wastes work when slots between lie idle or pasts differ much; one call each wastes calls.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

_CALL = 384
"""The fixed cost of a call, in positions of one slot; measured on a CPU."""


@dataclass(frozen=True, slots=True)
class Span:
    """Slots `low:high`, of which `slots` decode, over `length` positions."""

    slots: tuple[int, ...]
    length: int

    @property
    def low(self) -> int:
        return self.slots[0]

    @property
    def high(self) -> int:
        return self.slots[-1] + 1

    @property
    def cost(self) -> int:
        """The cost in positions."""
        return _CALL + (self.high - self.low) * self.length


def spans(lengths: Mapping[int, int]) -> list[Span]:
    """Group slots with their pasts, ordered by slot, into the cheapest calls of neighbours."""
    found: list[Span] = []
    for slot, length in lengths.items():
        alone = Span((slot,), length)
        joined = _joined(found[-1], alone) if found else None
        if joined and joined.cost <= found[-1].cost + alone.cost:
            found[-1] = joined
        else:
            found.append(alone)
    return found


def _joined(left: Span, right: Span) -> Span:
    return Span(left.slots + right.slots, max(left.length, right.length))
