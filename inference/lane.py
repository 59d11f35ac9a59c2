"""One model: its backend, its slots, and the queue of runs that wait for one."""

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
from inference.model_lifecycle.lifecycle import ModelLifecycle
from inference.model_memory.wait import NO_WAIT, MemoryWait
from inference.queueing.admission import Admission, Limits
from inference.queueing.queue_entry import QueueEntry
from inference.queueing.queue_updates import queue_updates
from inference.restarts import Recovery
from inference.types import GenerationRequest, ModelActivity, ModelCard


class Lane:
    """Admits runs to a model's slots in the queue's order. Used from one event loop.

    Runs wait until the model is loaded, also while it is loaded again after a crash; a crash ends
    the runs that hold a slot, see `ModelLifecycle`. `on_change` is called when the card changes,
    `on_demand` when runs come or go.
    """

    def __init__(
        self,
        backend: Backend,
        limits: Limits,
        recovery: Recovery,
        on_change: Callable[[], None],
        on_demand: Callable[[], None] = lambda: None,
    ) -> None:
        self.runs = Admission(limits)
        self.lifecycle = ModelLifecycle(backend, recovery, self._is_busy, self._on_model_change)
        self.claim = MemoryClaim(self.lifecycle, self.runs)
        self._backend = backend
        self._on_change = on_change
        self._on_demand = on_demand
        self._memory_wait = NO_WAIT
        self._refusal: InferenceError | None = None

    @property
    def card(self) -> ModelCard:
        """The model as it is now."""
        return self.lifecycle.card

    @property
    def activity(self) -> ModelActivity:
        """What the model does now."""
        running, waiting = len(self.runs.holding), len(self.runs.queue)
        return ModelActivity(running, waiting, self.runs.throughput.tokens_per_second)

    async def serve(self, request: GenerationRequest) -> AsyncGenerator[EngineEvent, None]:
        """The run's events, from its queue position to its end; closing the generator cancels it.

        Raises `InferenceError`: `overloaded`, the model's failure to load, or the run's own.
        """
        entry = self._enqueue(request)
        answer = Answer(self._backend, entry, self.lifecycle, self.runs.throughput)
        try:
            updates = queue_updates(entry, lambda: self._queue_position(entry))
            async with aclosing(updates):
                async for position in updates:
                    yield position
            async with aclosing(answer.events(request)) as events:
                async for event in events:
                    yield event
        finally:
            self.runs.leave(entry)
            self.claim.used()
            self._admit()
            self._on_demand()

    def set_memory_wait(self, wait: MemoryWait) -> None:
        """Apply what residency decided."""
        if wait != self._memory_wait:
            self._memory_wait = wait
            self._admit()

    def request_load(self) -> None:
        """Begin to load the model before a run needs it."""
        self.claim.request_load()
        self._on_demand()

    async def close(self, error: InferenceError) -> None:
        """End all runs with `error`, and free the model. Idempotent; the first error counts."""
        self._refusal = self._refusal or error
        self.runs.refuse_waiting(self._refusal)
        self.runs.fail_holding(self._refusal)
        await self.lifecycle.close()

    def _enqueue(self, request: GenerationRequest) -> QueueEntry:
        if self._refusal is not None:
            raise self._refusal
        clock = RunClock(asyncio.get_running_loop().time)
        entry = QueueEntry.of(request, self.runs.throughput, clock)
        self.runs.queue.push(entry)
        self.lifecycle.load()
        self._admit()
        if not entry.admitted and self.runs.is_full(request.owner):
            error = self.runs.overloaded(entry, self.card.slots)
            self.runs.leave(entry)
            raise error
        self._on_demand()
        return entry

    def _queue_position(self, entry: QueueEntry) -> QueuePosition:
        position, seconds = self.runs.position(entry, self.card.slots)
        if self._memory_wait.blocked_by:
            return QueuePosition(position, None, "memory", self._memory_wait.blocked_by)
        if not self.lifecycle.is_ready:
            return QueuePosition(position, None, "model")
        return QueuePosition(position, seconds, "slot")

    def _admit(self) -> None:
        if self.lifecycle.is_ready and not self._memory_wait.stops_admitting:
            while self.runs.admit_next(self.card.slots):
                continue
        self.runs.notify_waiting()

    def _is_busy(self) -> bool:
        return bool(self.runs.holding)

    def _on_model_change(self) -> None:
        """End or admit runs as the model's new state requires."""
        self.claim.update()
        failure = self.card.error
        if failure is not None:
            self.runs.fail_holding(failure)
        refusal = failure if self.lifecycle.has_failed else self.lifecycle.download.refusal
        if refusal is not None:
            self.runs.refuse_waiting(refusal)
        self._admit()
        self._on_change()
