"""One run that has a slot: what its model says, measured, and what its failure means."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import replace

from inference.backends.base import Backend
from inference.errors import InferenceError
from inference.events import EngineEvent, GenerationEvent, GenerationFinished, Started
from inference.model_life.life import ModelLife
from inference.queueing.queue_entry import Ticket
from inference.queueing.throughput import Pace
from inference.request.joined_messages import joined
from inference.types import GenerationRequest


class Answer:
    """Of `ticket`'s run. `life` hears of its failure, and `pace` learns from its end."""

    def __init__(self, backend: Backend, ticket: Ticket, life: ModelLife, pace: Pace) -> None:
        self._backend = backend
        self._ticket = ticket
        self._life = life
        self._pace = pace

    async def events(self, request: GenerationRequest) -> AsyncGenerator[EngineEvent, None]:
        """`Started` and what the model says. Where all the model's runs failed, why they did is
        what this one raises.
        """
        ticket = self._ticket
        try:
            fitted = await self._backend.fit(request)
            card = self._backend.card
            yield Started(card.id, fitted.dropped_turns, card.provider)
            if ticket.failure is not None:
                raise ticket.failure
            async with aclosing(self._backend.generate(joined(fitted.request))) as events:
                async for event in events:
                    yield self._noted(event)
        except InferenceError as error:
            if ticket.failure is None:
                self._life.failed(error, at_once=not ticket.deltas)
            raise ticket.failure or error from None

    def _noted(self, event: GenerationEvent) -> GenerationEvent:
        """The event with its timings."""
        ticket = self._ticket
        ticket.note(event)
        self._life.worked()
        if not isinstance(event, GenerationFinished):
            return event
        timings = ticket.clock.timings(event.usage.completion_tokens)
        self._pace.observe(event.usage, timings)
        return replace(event, timings=timings)
