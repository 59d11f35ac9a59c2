"""Deficit round robin (Shreedhar and Varghese, 1996): owners share by tokens, not by runs.

Each visit gives an owner a quantum of credit, and serves its runs as long as the credit covers
them; what is left waits for the next visit. Between two owners that both have runs waiting the
tokens served never differ by more than two of the largest runs and one quantum.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterator
from itertools import chain
from typing import Generic, Protocol, TypeVar

_QUANTUM = 256
"""Tokens a visit; about a short answer. Smaller is no fairer: a run is never divided."""

_NOBODY: Collection[str] = ()


class Costly(Protocol):
    """Anything that waits for an owner; `cost` is in tokens, estimated, and does not change."""

    @property
    def owner(self) -> str: ...

    @property
    def cost(self) -> int: ...


T = TypeVar("T", bound=Costly)


class FairRing(Generic[T]):
    """Within one owner the order of arrival holds."""

    def __init__(self, quantum: int = _QUANTUM) -> None:
        self._quantum = quantum
        self._lines: dict[str, deque[T]] = {}  # owners in the order of their next visits
        self._credit: dict[str, int] = {}
        self._visiting = False

    def __len__(self) -> int:
        return sum(len(line) for line in self._lines.values())

    def __iter__(self) -> Iterator[T]:
        """Everybody, in no order that means anything; far cheaper than `order`."""
        return chain.from_iterable(self._lines.values())

    def count(self, owner: str) -> int:
        """How many of this owner's wait."""
        return len(self._lines.get(owner, ()))

    def push(self, item: T) -> None:
        self._lines.setdefault(item.owner, deque()).append(item)

    def pop(self, blocked: Collection[str] = _NOBODY) -> T | None:
        """The next to be served, passing over `blocked` owners; None where nobody is left."""
        able = [owner for owner in self._lines if owner not in blocked]
        if not able:
            return None
        self._end_vain_visit(blocked)
        self._skip_rounds(able)
        while True:
            owner = next(iter(self._lines))
            if owner not in blocked and self._visit(owner) >= self._lines[owner][0].cost:
                return self._serve(owner)
            self._rotate()

    def remove(self, item: T) -> bool:
        """Whether it was waiting here."""
        line = self._lines.get(item.owner)
        if line is None or item not in line:
            return False
        line.remove(item)
        if not line:
            self._take_out(item.owner)
        return True

    def charge(self, owner: str, tokens: int) -> None:
        """A served run turned out to cost so much more, or less, than estimated.

        Debts count as long as anybody waits: then it is another who pays for them.
        """
        if self._lines:
            self._credit[owner] = self._credit.get(owner, 0) - tokens

    def order(self, blocked: Collection[str] = _NOBODY) -> list[T]:
        """Everybody as they would be served if nothing else happened, the blocked last."""
        rehearsal = self._copy()
        found = []
        while (item := rehearsal.pop(blocked)) or (item := rehearsal.pop()):
            found.append(item)
        return found

    def _visit(self, owner: str) -> int:
        """The owner's credit; it grows once a visit."""
        if not self._visiting:
            self._visiting = True
            self._credit[owner] = self._credit.get(owner, 0) + self._quantum
        return self._credit[owner]

    def _serve(self, owner: str) -> T:
        item = self._lines[owner].popleft()
        self._credit[owner] -= item.cost
        if not self._lines[owner]:
            self._take_out(owner)
        return item

    def _rotate(self) -> None:
        owner = next(iter(self._lines))
        self._lines[owner] = self._lines.pop(owner)
        self._visiting = False

    def _take_out(self, owner: str) -> None:
        """Credit is not saved up by staying away; a debt is not forgotten by it."""
        if owner == next(iter(self._lines)):
            self._visiting = False
        del self._lines[owner]
        self._credit[owner] = min(self._credit.get(owner, 0), 0)
        if not self._lines:
            self._credit.clear()

    def _end_vain_visit(self, blocked: Collection[str]) -> None:
        owner = next(iter(self._lines))
        spent = self._credit.get(owner, 0) < self._lines[owner][0].cost
        if self._visiting and (spent or owner in blocked):
            self._rotate()

    def _skip_rounds(self, able: list[str]) -> None:
        """Rounds in which nobody's credit suffices change nothing but the credit."""
        if self._visiting:
            return
        lacking = [self._lines[o][0].cost - self._credit.get(o, 0) for o in able]
        vain = max(-(-min(lacking) // self._quantum) - 1, 0)
        for owner in able:
            self._credit[owner] = self._credit.get(owner, 0) + vain * self._quantum

    def _copy(self) -> FairRing[T]:
        copied: FairRing[T] = FairRing(self._quantum)
        copied._lines = {owner: deque(line) for owner, line in self._lines.items()}
        copied._credit = dict(self._credit)
        copied._visiting = self._visiting
        return copied
