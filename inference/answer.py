"""The events of one run that has a slot, with its timings, and the handling of its failure."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import replace

from inference.backends.base import Backend
from inference.errors import InferenceError
from inference.events import EngineEvent, GenerationEvent, GenerationFinished, Started
from inference.model_lifecycle.lifecycle import ModelLifecycle
from inference.queueing.queue_entry import QueueEntry
from inference.queueing.throughput import Throughput
from inference.request.joined_messages import joined
from inference.types import GenerationRequest


class Answer:
    """The answer of `entry`'s run; reports to `lifecycle` and `throughput`."""

    def __init__(
        self, backend: Backend, entry: QueueEntry, lifecycle: ModelLifecycle, throughput: Throughput
    ) -> None:
        self._backend = backend
        self._entry = entry
        self._lifecycle = lifecycle
        self._throughput = throughput

    async def events(self, request: GenerationRequest) -> AsyncGenerator[EngineEvent, None]:
        """`Started` and the backend's events. Raises `InferenceError`: the reason for which all of
        the model's runs failed, else the run's own.
        """
        entry = self._entry
        try:
            fitted = await self._backend.fit(request)
            card = self._backend.card
            yield Started(card.id, fitted.dropped_turns, card.provider)
            if entry.failure is not None:
                raise entry.failure
            async with aclosing(self._backend.generate(joined(fitted.request))) as events:
                async for event in events:
                    yield self._measured(event)
        except InferenceError as error:
            if entry.failure is None:
                self._lifecycle.failed(error, at_once=not entry.deltas)
            raise entry.failure or error from None

    def _measured(self, event: GenerationEvent) -> GenerationEvent:
        """The event, with timings where it is the last one."""
        entry = self._entry
        entry.observe(event)
        self._lifecycle.made_progress()
        if not isinstance(event, GenerationFinished):
            return event
        timings = entry.clock.timings(event.usage.completion_tokens)
        self._throughput.observe(event.usage, timings)
        return replace(event, timings=timings)
