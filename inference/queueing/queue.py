"""The queue of one model: people before background work, fair between owners."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import chain
from typing import Generic, Protocol, TypeVar

from inference.queueing.fair_queue import Costly, FairQueue


class Queueable(Costly, Protocol):
    """A run that waits; no person waits for a `background` one."""

    @property
    def background(self) -> bool: ...


T = TypeVar("T", bound=Queueable)


class RunQueue(Generic[T]):
    """Two fair queues. An owner with twenty waiting runs delays another owner's first run by one of
    them, not by twenty.
    """

    def __init__(self) -> None:
        self._people: FairQueue[T] = FairQueue()
        self._background: FairQueue[T] = FairQueue()

    def __len__(self) -> int:
        return len(self._people) + len(self._background)

    def __iter__(self) -> Iterator[T]:
        """All items in no particular order; far cheaper than `order`."""
        return chain(self._people, self._background)

    def count(self, owner: str) -> int:
        """How many items of this owner wait."""
        return self._people.count(owner) + self._background.count(owner)

    def push(self, item: T) -> None:
        self._queue_of(item).push(item)

    def pop(self, blocked: Collection[str] = (), *, background: bool = True) -> T | None:
        """Remove and return the next item. None where no item waits that is not of a `blocked`
        owner; without `background`, background work is not considered.
        """
        found = self._people.pop(blocked)
        return self._background.pop(blocked) if found is None and background else found

    def remove(self, item: T) -> bool:
        """Remove an item; returns whether it was in the queue."""
        return self._queue_of(item).remove(item)

    def charge(self, item: T, tokens: int) -> None:
        """Correct the `cost` of a served item by so many tokens, which may be negative."""
        self._queue_of(item).charge(item.owner, tokens)

    def order(self, blocked: Collection[str] = ()) -> list[T]:
        """All items in the order in which they would be served if no other came."""
        return [*self._people.order(blocked), *self._background.order(blocked)]

    def _queue_of(self, item: T) -> FairQueue[T]:
        return self._background if item.background else self._people
