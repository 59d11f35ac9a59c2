"""Wraps a backend: applies the owner's bounds and drops options that the model does not support."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import replace

from inference.backends.base import Backend
from inference.backends.wrapped import WrappedBackend
from inference.events import GenerationEvent, GenerationFinished
from inference.request.bounds import Bounds
from inference.request.history import Fitted
from inference.request.option_rules import check
from inference.types import GenerationRequest, Usage


class BoundedBackend(WrappedBackend):
    """A backend whose answers are all within `bounds`."""

    def __init__(self, backend: Backend, bounds: Bounds) -> None:
        super().__init__(backend)
        self._bounds = bounds

    async def fit(self, request: GenerationRequest) -> Fitted:
        """As `Backend.fit`, with space for an answer of the allowed length."""
        fitted = await self._backend.fit(self._bounds.applied(request, self.card))
        return replace(fitted, request=replace(request, messages=fitted.request.messages))

    async def generate(self, request: GenerationRequest) -> AsyncGenerator[GenerationEvent, None]:
        check(request.options, self.card)
        bounded = self._bounds.applied(request, self.card)
        if bounded.options.max_new_tokens == 0:
            yield GenerationFinished("length", Usage(0, 0))
            return
        async with aclosing(self._backend.generate(bounded)) as events:
            async for event in events:
                yield event
