"""The one engine of a process: which models there are, and every run's way to one."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import aclosing

from inference.backends.base import Backend
from inference.errors import InferenceError, InferenceErrorCode
from inference.events import EngineEvent
from inference.lane import Lane, Limits
from inference.restarts import Recovery
from inference.types import GenerationRequest, ModelActivity, ModelCard


class Engine:
    """Serves runs of several models, each through its own lane. Used from one event loop."""

    def __init__(
        self,
        backends: Sequence[Backend],
        queue_length: int,
        queue_per_owner: int = 32,
        slots_per_owner: int = 0,
        recovery: Recovery = Recovery(),  # noqa: B008 - it is frozen
    ) -> None:
        """`slots_per_owner` 0 keeps a quarter of each model's slots for others."""
        if not backends:
            raise ValueError("an engine needs at least one model")
        self._changed = asyncio.Event()
        limits = Limits(queue_length, queue_per_owner, slots_per_owner)
        self._lanes = {b.card.id: Lane(b, limits, recovery, self._tell) for b in backends}

    @property
    def default_model(self) -> str:
        """The first model configured."""
        return next(iter(self._lanes))

    def models(self) -> tuple[ModelCard, ...]:
        """All models as they are now, the default first."""
        return tuple(lane.card for lane in self._lanes.values())

    def activity(self) -> tuple[ModelActivity, ...]:
        """What each of `models()` does, in the same order."""
        return tuple(lane.activity for lane in self._lanes.values())

    def load_default(self) -> None:
        """Begin to load the default model; the others load when they are first asked."""
        self._lanes[self.default_model].load()

    async def generate(self, request: GenerationRequest) -> AsyncGenerator[EngineEvent, None]:
        """`Queued` while it waits, `Started`, `TextDelta`s, one `Finished`; closing cancels.

        Raises `InferenceError`: `unknown_model`, `overloaded`, or what the backend raises.
        """
        async with aclosing(self._lane(request.model).serve(request)) as events:
            async for event in events:
                yield event

    async def watch(self) -> AsyncIterator[tuple[ModelCard, ...]]:
        """`models()` now and after every change; changes between two reads are merged."""
        while True:
            changed = self._changed
            yield self.models()
            await changed.wait()

    async def close(self) -> None:
        """Stop all runs and free all models. Idempotent."""
        await asyncio.gather(*(lane.close() for lane in self._lanes.values()))

    def _lane(self, model: str) -> Lane:
        lane = self._lanes.get(model)
        if lane is None:
            raise InferenceError(
                InferenceErrorCode.UNKNOWN_MODEL,
                f"no model {model!r}; there are {', '.join(self._lanes)}",
                detail={"model": model},
            )
        return lane

    def _tell(self) -> None:
        self._changed.set()
        self._changed = asyncio.Event()
