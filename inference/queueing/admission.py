"""Admission of runs to one model's slots, and the waiting times of the others."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from inference.errors import InferenceError, InferenceErrorCode
from inference.queueing.queue import RunQueue
from inference.queueing.queue_entry import QueueEntry
from inference.queueing.throughput import Throughput
from inference.queueing.waiting_time import Slots, seconds_to_wait

_USUAL_SECONDS = 30
"""Seconds after which to try again, until a rate is known."""


@dataclass(frozen=True, slots=True)
class OwnerShare:
    """How many runs of one owner may wait, and how many slots of a model it may hold at once: with
    0, three quarters of them.
    """

    waiting: int = 32
    slots: int = 0

    def of(self, slots: int) -> int:
        """How many of so many slots."""
        return self.slots or slots - slots // 4


@dataclass(frozen=True, slots=True)
class Limits:
    """How many runs may wait for one model, in all and of one owner."""

    queue_length: int
    share: OwnerShare


class Admission:
    """The runs of one model: those in `queue` wait, those in `holding` have a slot."""

    def __init__(self, limits: Limits) -> None:
        self.queue: RunQueue[QueueEntry] = RunQueue()
        self.holding: set[QueueEntry] = set()
        self.throughput = Throughput()
        self._limits = limits

    @property
    def oldest(self) -> float | None:
        """When the run that has waited longest was queued; None where none waits."""
        return min((entry.clock.queued_at for entry in self.queue), default=None)

    def admit_next(self, slots: int) -> bool:
        """Give the next run a slot, if one is free; background work leaves the last one free."""
        free = slots - len(self.holding)
        if free < 1:
            return False
        entry = self.queue.pop(self._blocked(slots), background=free > 1 or slots == 1)
        if entry is None:
            return False
        entry.admit()
        self.holding.add(entry)
        return True

    def leave(self, entry: QueueEntry) -> None:
        """Remove a run that has ended, or that no longer waits."""
        if entry in self.holding:
            self.holding.remove(entry)
            self.queue.charge(entry, entry.spent - entry.cost)
        else:
            self.queue.remove(entry)

    def refuse_waiting(self, error: InferenceError) -> None:
        """Empty the queue; every run in it ends with `error`."""
        while entry := self.queue.pop():
            entry.refuse(error)

    def fail_holding(self, error: InferenceError) -> None:
        """Set the error with which the runs that have a slot end, where none is set yet."""
        for entry in self.holding:
            entry.failure = entry.failure or error

    def notify_waiting(self) -> None:
        """Wake the runs that wait: their positions may have changed."""
        for entry in self.queue:
            entry.changed.set()

    def position(self, entry: QueueEntry, slots: int) -> tuple[int, float | None]:
        """The position of a run that waits, 1 being next, and in how many seconds it has a slot."""
        order = self.queue.order(self._blocked(slots))
        return order.index(entry) + 1, self._seconds(entry, order, slots)

    def is_full(self, owner: str) -> bool:
        """Whether more runs wait than the limits allow."""
        is_over_share = self.queue.count(owner) > self._limits.share.waiting
        return is_over_share or len(self.queue) > self._limits.queue_length

    def overloaded(self, entry: QueueEntry, slots: int) -> InferenceError:
        """The error of a run for which the queue has no space."""
        _, seconds = self.position(entry, slots)
        return InferenceError(
            InferenceErrorCode.OVERLOADED,
            f"{len(self.queue) - 1} runs wait already",
            retryable=True,
            detail={"seconds": _USUAL_SECONDS if seconds is None else max(round(seconds), 1)},
        )

    def _seconds(self, entry: QueueEntry, order: list[QueueEntry], slots: int) -> float | None:
        sizes = Slots(slots, self._limits.share.of(slots))
        return seconds_to_wait(entry, self.holding, order, sizes, self.throughput)

    def _blocked(self, slots: int) -> set[str]:
        """Owners that hold as many slots as one owner may."""
        held = Counter(entry.owner for entry in self.holding)
        most = self._limits.share.of(slots)
        return {owner for owner, count in held.items() if count >= most}
