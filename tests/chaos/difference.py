"""How a text differs from what it should be or begin with, in characters."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Difference:
    """Characters that are others than before, that are gone, and that are there twice."""

    changed: int = 0
    lost: int = 0
    doubled: int = 0

    def __add__(self, other: Difference) -> Difference:
        return Difference(
            self.changed + other.changed, self.lost + other.lost, self.doubled + other.doubled
        )

    def __bool__(self) -> bool:
        return self != NO_DIFFERENCE


NO_DIFFERENCE = Difference()


def difference(whole: str, told: str) -> Difference:
    """How `told` differs from `whole`; what it has beyond its end counts as doubled."""
    found = difference_in_growth(whole, told)
    return found or Difference(doubled=len(told) - len(whole))


def difference_in_growth(had: str, has: str) -> Difference:
    """How the beginning of `has` differs from `had`: whatever follows it is new text."""
    begin = _common(had, has)
    gone, there = had[begin:], has[begin:]
    if not gone:
        return NO_DIFFERENCE
    if doubled := _doubled(had[:begin], gone, there):
        return Difference(doubled=doubled)
    if lost := _lost(gone, there):
        return Difference(lost=lost)
    changed = sum(old != new for old, new in zip(gone, there, strict=False))
    return Difference(changed=changed, lost=max(len(gone) - len(there), 0))


def excerpts(had: str, has: str) -> str:
    """The two texts around their first difference, for people."""
    at = _common(had, has)
    begin = max(at - 20, 0)
    return f"at character {at}: {had[begin : at + 30]!r} became {has[begin : at + 30]!r}"


def _common(one: str, other: str) -> int:
    """How many characters they have in common before the first difference."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


def _doubled(before: str, gone: str, there: str) -> int:
    """How many characters were said twice before it went on as it should."""
    most = min(len(before), len(there) - len(gone))
    sizes = (size for size in range(1, most + 1) if there.startswith(gone, size))
    return next((size for size in sizes if there.startswith(before[-size:])), 0)


def _lost(gone: str, there: str) -> int:
    """How many characters were left out before it went on as it should."""
    sizes = (size for size in range(1, len(gone)) if there.startswith(gone[size:]))
    return next(sizes, 0)
