"""Who is next at one model's slots, and how long everybody else waits."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from inference.errors import InferenceError, InferenceErrorCode
from inference.queueing.queue import RunQueue
from inference.queueing.queue_entry import Ticket
from inference.queueing.throughput import Pace
from inference.queueing.waiting_time import Slots, seconds_to_wait

_USUAL_SECONDS = 30
"""When to try again, until a rate is known."""


@dataclass(frozen=True, slots=True)
class OwnerShare:
    """How many runs of one owner may wait, and how many slots of a model it may hold at once: 0
    keeps a quarter of them for others.
    """

    waiting: int = 32
    slots: int = 0

    def of(self, slots: int) -> int:
        """How many of so many slots."""
        return self.slots or slots - slots // 4


@dataclass(frozen=True, slots=True)
class Limits:
    """What may wait for one model in all, and an owner's share."""

    queue_length: int
    share: OwnerShare


class SocketAuthentication:
    """The runs that wait in `queue`, and those in `holding` that have one of so many slots."""

    def __init__(self, limits: Limits) -> None:
        self.queue: RunQueue[Ticket] = RunQueue()
        self.holding: set[Ticket] = set()
        self.pace = Pace()
        self._limits = limits

    @property
    def oldest(self) -> float | None:
        """When the run came that has waited longest; None where none waits."""
        return min((ticket.clock.queued_at for ticket in self.queue), default=None)

    def admit_next(self, slots: int) -> bool:
        """Give the next run a slot, if one is free; background work leaves the last to people."""
        free = slots - len(self.holding)
        if free < 1:
            return False
        ticket = self.queue.pop(self._blocked(slots), background=free > 1 or slots == 1)
        if ticket is None:
            return False
        ticket.admit()
        self.holding.add(ticket)
        return True

    def leave(self, ticket: Ticket) -> None:
        """The run has ended, or waits no more."""
        if ticket in self.holding:
            self.holding.remove(ticket)
            self.queue.charge(ticket, ticket.spent - ticket.cost)
        else:
            self.queue.remove(ticket)

    def refuse_waiting(self, error: InferenceError) -> None:
        while ticket := self.queue.pop():
            ticket.refuse(error)

    def fail_holding(self, error: InferenceError) -> None:
        """What ends those that have a slot, unless something did already."""
        for ticket in self.holding:
            ticket.failure = ticket.failure or error

    def tell_waiting(self) -> None:
        """Their places may have changed."""
        for ticket in self.queue:
            ticket.changed.set()

    def place(self, ticket: Ticket, slots: int) -> tuple[int, float | None]:
        """The position of a run that waits, 1 being next, and in how many seconds it has a slot."""
        order = self.queue.order(self._blocked(slots))
        return order.index(ticket) + 1, self._seconds(ticket, order, slots)

    def is_full(self, owner: str) -> bool:
        """Whether more wait now than may."""
        mine = self.queue.count(owner) > self._limits.share.waiting
        return mine or len(self.queue) > self._limits.queue_length

    def overloaded(self, ticket: Ticket, slots: int) -> InferenceError:
        """What a run is told that is one too many."""
        _, seconds = self.place(ticket, slots)
        return InferenceError(
            InferenceErrorCode.OVERLOADED,
            f"{len(self.queue) - 1} runs wait already",
            retryable=True,
            detail={"seconds": _USUAL_SECONDS if seconds is None else max(round(seconds), 1)},
        )

    def _seconds(self, ticket: Ticket, order: list[Ticket], slots: int) -> float | None:
        sizes = Slots(slots, self._limits.share.of(slots))
        return seconds_to_wait(ticket, self.holding, order, sizes, self.pace)

    def _blocked(self, slots: int) -> set[str]:
        """Owners that hold as many slots as one may."""
        held = Counter(ticket.owner for ticket in self.holding)
        most = self._limits.share.of(slots)
        return {owner for owner, count in held.items() if count >= most}
