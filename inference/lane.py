"""One model: its backend, its slots, and the line in front of them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing

from inference.answer import Answer
from inference.backends.base import Backend
from inference.errors import InferenceError
from inference.events import EngineEvent, QueuePosition
from inference.memory_claim import MemoryClaim
from inference.metrics import RunClock
from inference.model_life.life import ModelLife
from inference.model_memory.wait import NO_WAIT, MemoryWait
from inference.queueing.admission import Limits, SocketAuthentication
from inference.queueing.queue_entry import Ticket
from inference.queueing.queue_updates import queue_updates
from inference.restarts import Recovery
from inference.types import GenerationRequest, ModelActivity, ModelCard


class Lane:
    """Admits runs to a model's slots in the queue's order. Used from one event loop.

    Runs that come before the model is there wait, also while it is loaded again after a crash,
    which ends those that hold a slot; see `ModelLife`. `on_change` is called when the card is
    another one, `on_demand` when runs come or go.
    """

    def __init__(
        self,
        backend: Backend,
        limits: Limits,
        recovery: Recovery,
        on_change: Callable[[], None],
        on_demand: Callable[[], None] = lambda: None,
    ) -> None:
        self.runs = SocketAuthentication(limits)
        self.life = ModelLife(backend, recovery, self._is_busy, self._follow)
        self.claim = MemoryClaim(self.life, self.runs)
        self._backend = backend
        self._on_change = on_change
        self._on_demand = on_demand
        self._memory_wait = NO_WAIT
        self._refusal: InferenceError | None = None

    @property
    def card(self) -> ModelCard:
        """The model as it is now."""
        return self.life.card

    @property
    def activity(self) -> ModelActivity:
        """What the model does now."""
        running, waiting = len(self.runs.holding), len(self.runs.queue)
        return ModelActivity(running, waiting, self.runs.pace.tokens_per_second)

    async def serve(self, request: GenerationRequest) -> AsyncGenerator[EngineEvent, None]:
        """The run's events from its place in the line to its end; closing it cancels.

        Raises `InferenceError`: `overloaded`, the model's failure to load, or the run's own.
        """
        ticket = self._take_ticket(request)
        answer = Answer(self._backend, ticket, self.life, self.runs.pace)
        try:
            updates = queue_updates(ticket, lambda: self._queued_event(ticket))
            async with aclosing(updates):
                async for queued in updates:
                    yield queued
            async with aclosing(answer.events(request)) as events:
                async for event in events:
                    yield event
        finally:
            self.runs.leave(ticket)
            self.claim.used()
            self._admit()
            self._on_demand()

    def set_memory_wait(self, wait: MemoryWait) -> None:
        """What residency says now."""
        if wait != self._memory_wait:
            self._memory_wait = wait
            self._admit()

    def ask(self) -> None:
        """Begin to load the model, for whoever will have a run for it."""
        self.claim.ask()
        self._on_demand()

    async def close(self, error: InferenceError) -> None:
        """End all runs with `error`, and free the model. Idempotent; the first error counts."""
        self._refusal = self._refusal or error
        self.runs.refuse_waiting(self._refusal)
        self.runs.fail_holding(self._refusal)
        await self.life.close()

    def _take_ticket(self, request: GenerationRequest) -> Ticket:
        if self._refusal is not None:
            raise self._refusal
        clock = RunClock(asyncio.get_running_loop().time)
        ticket = Ticket.of(request, self.runs.pace, clock)
        self.runs.queue.push(ticket)
        self.life.load()
        self._admit()
        if not ticket.admitted and self.runs.is_full(request.owner):
            error = self.runs.overloaded(ticket, self.card.slots)
            self.runs.leave(ticket)
            raise error
        self._on_demand()
        return ticket

    def _queued_event(self, ticket: Ticket) -> QueuePosition:
        position, seconds = self.runs.place(ticket, self.card.slots)
        if self._memory_wait.blocked_by:
            return QueuePosition(position, None, "memory", self._memory_wait.blocked_by)
        if not self.life.is_ready:
            return QueuePosition(position, None, "model")
        return QueuePosition(position, seconds, "slot")

    def _admit(self) -> None:
        if self.life.is_ready and not self._memory_wait.stops_admitting:
            while self.runs.admit_next(self.card.slots):
                continue
        self.runs.tell_waiting()

    def _is_busy(self) -> bool:
        return bool(self.runs.holding)

    def _follow(self) -> None:
        """The model has changed: what that is to those who are at work, and to those who wait."""
        self.claim.follow()
        failure = self.card.error
        if failure is not None:
            self.runs.fail_holding(failure)
        refusal = failure if self.life.is_over else self.life.download.refusal
        if refusal is not None:
            self.runs.refuse_waiting(refusal)
        self._admit()
        self._on_change()
