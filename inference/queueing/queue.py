"""The line in front of a model: people before background work, fair between owners."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import chain
from typing import Generic, Protocol, TypeVar

from inference.queueing.fair_ring import Costly, FairRing


class Queueable(Costly, Protocol):
    """A run that waits; nobody waits for a `background` one."""

    @property
    def background(self) -> bool: ...


T = TypeVar("T", bound=Queueable)


class RunQueue(Generic[T]):
    """A device with twenty questions delays another device's first by one, not by twenty."""

    def __init__(self) -> None:
        self._people: FairRing[T] = FairRing()
        self._background: FairRing[T] = FairRing()

    def __len__(self) -> int:
        return len(self._people) + len(self._background)

    def __iter__(self) -> Iterator[T]:
        """Everybody, in no order that means anything; far cheaper than `order`."""
        return chain(self._people, self._background)

    def count(self, owner: str) -> int:
        """How many of this owner's wait."""
        return self._people.count(owner) + self._background.count(owner)

    def push(self, item: T) -> None:
        self._ring(item).push(item)

    def pop(self, blocked: Collection[str] = (), *, background: bool = True) -> T | None:
        """The next to be served; None when nobody waits, or only `blocked` owners and, without
        `background`, background work.
        """
        found = self._people.pop(blocked)
        return self._background.pop(blocked) if found is None and background else found

    def remove(self, item: T) -> bool:
        """Whether it was waiting here."""
        return self._ring(item).remove(item)

    def charge(self, item: T, tokens: int) -> None:
        """A served run cost so much more than its `cost`, or less where negative."""
        self._ring(item).charge(item.owner, tokens)

    def order(self, blocked: Collection[str] = ()) -> list[T]:
        """Everybody in the order they would be served if nobody else came."""
        return [*self._people.order(blocked), *self._background.order(blocked)]

    def _ring(self, item: T) -> FairRing[T]:
        return self._background if item.background else self._people
