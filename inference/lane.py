"""One model: its backend, its slots, and the line in front of them."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing, suppress
from dataclasses import dataclass, replace

from inference.backends.base import Backend
from inference.errors import InferenceError, InferenceErrorCode
from inference.events import EngineEvent, Finished, GenerationEvent, Queued, Started
from inference.model_life import ModelLife
from inference.pace import Pace
from inference.queue import RunQueue
from inference.restarts import Recovery
from inference.ticket import Ticket
from inference.types import GenerationRequest, ModelActivity, ModelCard
from inference.waiting_time import Slots, is_news, seconds_to_wait

_LOOK_AGAIN_SECONDS = 5.0
"""So often a waiting time is looked at that nothing has changed but the time."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What may wait, in all and of one owner, and how many slots one owner may hold.

    `slots_per_owner` 0 keeps a quarter of the slots for others.
    """

    queue_length: int
    queue_per_owner: int
    slots_per_owner: int

    def slots_of_one(self, slots: int) -> int:
        """How many of the slots one owner may hold at once."""
        return self.slots_per_owner or slots - slots // 4


class Lane:
    """Admits runs to a model's slots in the queue's order. Used from one event loop.

    Runs that come before the model is there wait, also while it is loaded again after a crash,
    which ends those that hold a slot; see `ModelLife`.
    """

    def __init__(
        self, backend: Backend, limits: Limits, recovery: Recovery, on_change: Callable[[], None]
    ) -> None:
        self._backend = backend
        self._limits = limits
        self._on_change = on_change
        self._queue: RunQueue[Ticket] = RunQueue()
        self._holding: set[Ticket] = set()
        self._pace = Pace()
        self._closed = False
        self._life = ModelLife(backend, recovery, self._is_busy, self._follow)

    @property
    def card(self) -> ModelCard:
        """The model as it is now."""
        return self._life.card

    @property
    def activity(self) -> ModelActivity:
        """What the model does now."""
        return ModelActivity(len(self._holding), len(self._queue), self._pace.tokens_per_second)

    def load(self) -> None:
        """Begin to load unless that is done or under way."""
        self._life.load()

    async def serve(self, request: GenerationRequest) -> AsyncGenerator[EngineEvent, None]:
        """The run's events from its place in the line to its end; closing it cancels.

        Raises `InferenceError`: `overloaded`, the model's failure to load, or the run's own.
        """
        ticket = self._take_ticket(request)
        try:
            async with aclosing(self._wait(ticket)) as places:
                async for queued in places:
                    yield queued
            async with aclosing(self._answer(ticket, request)) as events:
                async for event in events:
                    yield event
        finally:
            self._leave(ticket)

    async def close(self) -> None:
        """Refuse everybody who waits, stop who runs, free the model."""
        self._closed = True
        self._refuse_waiting(InferenceError(InferenceErrorCode.SHUTTING_DOWN, "closing"))
        await self._life.close()

    async def _answer(
        self, ticket: Ticket, request: GenerationRequest
    ) -> AsyncGenerator[EngineEvent, None]:
        """What the model says; where it failed with all its runs, its failure is the run's."""
        try:
            fitted = await self._backend.fit(request)
            yield Started(self.card.id, fitted.dropped_turns)
            async with aclosing(self._backend.generate(fitted.request)) as events:
                async for event in events:
                    yield self._noted(ticket, event)
        except InferenceError as error:
            if ticket.failure is None:
                self._life.failed(error, at_once=not ticket.deltas)
            raise ticket.failure or error from None

    def _take_ticket(self, request: GenerationRequest) -> Ticket:
        if self._closed:
            raise InferenceError(InferenceErrorCode.SHUTTING_DOWN, "closing", retryable=True)
        ticket = Ticket.of(request, self._pace)
        self._queue.push(ticket)
        self.load()
        self._admit()
        if not ticket.admitted and self._is_too_much(request.owner):
            error = self._overloaded(ticket)
            self._queue.remove(ticket)
            raise error
        return ticket

    def _is_too_much(self, owner: str) -> bool:
        limits = self._limits
        mine = self._queue.count(owner) > limits.queue_per_owner
        return mine or len(self._queue) > limits.queue_length

    def _overloaded(self, ticket: Ticket) -> InferenceError:
        seconds = self._seconds_to_wait(ticket, self._queue.order(self._blocked()))
        return InferenceError(
            InferenceErrorCode.OVERLOADED,
            f"{len(self._queue) - 1} runs wait already",
            retryable=True,
            detail={"seconds": 30 if seconds is None else max(round(seconds), 1)},
        )

    async def _wait(self, ticket: Ticket) -> AsyncGenerator[Queued, None]:
        """The ticket's place, and again whenever that is worth telling."""
        told, told_at = None, 0.0
        now = asyncio.get_running_loop().time
        while not ticket.admitted:
            if ticket.failure is not None:
                raise ticket.failure
            ticket.changed.clear()
            place = self._place(ticket)
            if told is None or is_news(place, told, now() - told_at):
                told, told_at = place, now()
                yield place
            # Not while it was yielded: whoever reads slowly must not sleep over a change.
            await _set_or_late(ticket.changed)

    def _place(self, ticket: Ticket) -> Queued:
        order = self._queue.order(self._blocked())
        position = order.index(ticket) + 1
        if not self._life.is_ready:
            return Queued(position, None, "model")
        return Queued(position, self._seconds_to_wait(ticket, order), "slot")

    def _seconds_to_wait(self, ticket: Ticket, order: list[Ticket]) -> float | None:
        slots = Slots(self.card.slots, self._limits.slots_of_one(self.card.slots))
        return seconds_to_wait(ticket, self._holding, order, slots, self._pace)

    def _admit(self) -> None:
        while ticket := self._next():
            ticket.admit()
            self._holding.add(ticket)
        self._tell_waiting()

    def _next(self) -> Ticket | None:
        """Background work leaves the last free slot to people."""
        free = self.card.slots - len(self._holding)
        if free < 1 or not self._life.is_ready:
            return None
        return self._queue.pop(self._blocked(), background=free > 1 or self.card.slots == 1)

    def _blocked(self) -> set[str]:
        """Owners that hold as many slots as one may."""
        held = Counter(ticket.owner for ticket in self._holding)
        most = self._limits.slots_of_one(self.card.slots)
        return {owner for owner, count in held.items() if count >= most}

    def _leave(self, ticket: Ticket) -> None:
        if ticket in self._holding:
            self._holding.remove(ticket)
            self._queue.charge(ticket, ticket.spent - ticket.cost)
        else:
            self._queue.remove(ticket)
        self._admit()

    def _noted(self, ticket: Ticket, event: GenerationEvent) -> GenerationEvent:
        """The event with its timings, from which the lane learns its rate."""
        ticket.note(event)
        self._life.worked()
        if not isinstance(event, Finished):
            return event
        timings = ticket.clock.timings(event.usage.completion_tokens)
        self._pace.observe(event.usage, timings)
        return replace(event, timings=timings)

    def _tell_waiting(self) -> None:
        for ticket in self._queue:
            ticket.changed.set()

    def _refuse_waiting(self, error: InferenceError) -> None:
        while ticket := self._queue.pop():
            ticket.refuse(error)

    def _is_busy(self) -> bool:
        return bool(self._holding)

    def _follow(self) -> None:
        """The model has changed: what that is to those who are at work, and to those who wait."""
        failure = self.card.error
        if failure is not None:
            for ticket in self._holding:
                ticket.failure = ticket.failure or failure
        if failure is not None and self._life.is_over:
            self._refuse_waiting(failure)
        self._admit()
        self._on_change()


async def _set_or_late(changed: asyncio.Event) -> None:
    # Not `wait_for`: before Python 3.12 it swallows a cancellation that meets the change.
    with suppress(TimeoutError):
        async with asyncio.timeout(_LOOK_AGAIN_SECONDS):
            await changed.wait()
