"""Any backend with the owner's bounds on its answers, and none of what it cannot do."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import replace

from inference.backends.base import Backend, Report
from inference.bounds import Bounds
from inference.events import Finished, GenerationEvent
from inference.history import Fitted
from inference.option_rules import check
from inference.types import GenerationRequest, ModelCard, Usage


class BoundedBackend:
    """Keeps a backend's contract, and every answer within `bounds`."""

    def __init__(self, backend: Backend, bounds: Bounds) -> None:
        self._backend = backend
        self._bounds = bounds

    @property
    def card(self) -> ModelCard:
        return self._backend.card

    @property
    def beats(self) -> int:
        return self._backend.beats

    async def load(self, report: Report) -> None:
        await self._backend.load(report)

    async def fit(self, request: GenerationRequest) -> Fitted:
        """The history leaves room for an answer of the length allowed."""
        fitted = await self._backend.fit(self._bounds.applied(request, self.card))
        return replace(fitted, request=replace(request, messages=fitted.request.messages))

    async def generate(self, request: GenerationRequest) -> AsyncGenerator[GenerationEvent, None]:
        check(request.options, self.card)
        bounded = self._bounds.applied(request, self.card)
        if bounded.options.max_new_tokens == 0:
            yield Finished("length", Usage(0, 0))
            return
        async with aclosing(self._backend.generate(bounded)) as events:
            async for event in events:
                yield event

    async def close(self) -> None:
        await self._backend.close()
