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

_NO_OWNERS: Collection[str] = ()


class Costly(Protocol):
    """An item of an owner; `cost` is in tokens, estimated, and does not change."""

    @property
    def owner(self) -> str: ...

    @property
    def cost(self) -> int: ...


T = TypeVar("T", bound=Costly)


class FairQueue(Generic[T]):
    """Items of one owner are served in the order of arrival."""

    def __init__(self, quantum: int = _QUANTUM) -> None:
        self._quantum = quantum
        self._queues: dict[str, deque[T]] = {}  # owners in the order of their next visits
        self._credit: dict[str, int] = {}
        self._visiting = False

    def __len__(self) -> int:
        return sum(len(queue) for queue in self._queues.values())

    def __iter__(self) -> Iterator[T]:
        """All items in no particular order; far cheaper than `order`."""
        return chain.from_iterable(self._queues.values())

    def count(self, owner: str) -> int:
        """How many items of this owner wait."""
        return len(self._queues.get(owner, ()))

    def push(self, item: T) -> None:
        self._queues.setdefault(item.owner, deque()).append(item)

    def pop(self, blocked: Collection[str] = _NO_OWNERS) -> T | None:
        """Remove and return the next item that is not of a `blocked` owner; None without one."""
        eligible = [owner for owner in self._queues if owner not in blocked]
        if not eligible:
            return None
        self._end_fruitless_visit(blocked)
        self._skip_rounds(eligible)
        while True:
            owner = next(iter(self._queues))
            if owner not in blocked and self._visit(owner) >= self._queues[owner][0].cost:
                return self._serve(owner)
            self._rotate()

    def remove(self, item: T) -> bool:
        """Remove an item; returns whether it was in the queue."""
        queue = self._queues.get(item.owner)
        if queue is None or item not in queue:
            return False
        queue.remove(item)
        if not queue:
            self._remove_owner(item.owner)
        return True

    def charge(self, owner: str, tokens: int) -> None:
        """Correct the estimated cost of a served item by so many tokens, which may be negative.

        Counts only while other items wait: else no other owner was at a disadvantage.
        """
        if self._queues:
            self._credit[owner] = self._credit.get(owner, 0) - tokens

    def order(self, blocked: Collection[str] = _NO_OWNERS) -> list[T]:
        """All items as they would be served if no other came, those of blocked owners last."""
        simulation = self._copy()
        found = []
        while (item := simulation.pop(blocked)) or (item := simulation.pop()):
            found.append(item)
        return found

    def _visit(self, owner: str) -> int:
        """The owner's credit, which grows by the quantum once a visit."""
        if not self._visiting:
            self._visiting = True
            self._credit[owner] = self._credit.get(owner, 0) + self._quantum
        return self._credit[owner]

    def _serve(self, owner: str) -> T:
        item = self._queues[owner].popleft()
        self._credit[owner] -= item.cost
        if not self._queues[owner]:
            self._remove_owner(owner)
        return item

    def _rotate(self) -> None:
        owner = next(iter(self._queues))
        self._queues[owner] = self._queues.pop(owner)
        self._visiting = False

    def _remove_owner(self, owner: str) -> None:
        """An owner without items keeps a debt, but no credit."""
        if owner == next(iter(self._queues)):
            self._visiting = False
        del self._queues[owner]
        self._credit[owner] = min(self._credit.get(owner, 0), 0)
        if not self._queues:
            self._credit.clear()

    def _end_fruitless_visit(self, blocked: Collection[str]) -> None:
        owner = next(iter(self._queues))
        spent = self._credit.get(owner, 0) < self._queues[owner][0].cost
        if self._visiting and (spent or owner in blocked):
            self._rotate()

    def _skip_rounds(self, eligible: list[str]) -> None:
        """Add the credit of all rounds in which no owner's credit suffices, in one step."""
        if self._visiting:
            return
        lacking = [self._queues[o][0].cost - self._credit.get(o, 0) for o in eligible]
        rounds = max(-(-min(lacking) // self._quantum) - 1, 0)
        for owner in eligible:
            self._credit[owner] = self._credit.get(owner, 0) + rounds * self._quantum

    def _copy(self) -> FairQueue[T]:
        copied: FairQueue[T] = FairQueue(self._quantum)
        copied._queues = {owner: deque(queue) for owner, queue in self._queues.items()}
        copied._credit = dict(self._credit)
        copied._visiting = self._visiting
        return copied
