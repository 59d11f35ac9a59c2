"""Base class of backends that wrap another one."""

from __future__ import annotations

from collections.abc import AsyncGenerator

from inference.backends.base import Backend, Report
from inference.events import GenerationEvent
from inference.request.history import Fitted
from inference.types import GenerationRequest, ModelCard


class WrappedBackend:
    """Delegates everything to the wrapped backend."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    @property
    def card(self) -> ModelCard:
        return self._backend.card

    @property
    def beats(self) -> int:
        return self._backend.beats

    async def fetch(self, report: Report) -> None:
        await self._backend.fetch(report)

    async def load(self, report: Report) -> None:
        await self._backend.load(report)

    async def fit(self, request: GenerationRequest) -> Fitted:
        return await self._backend.fit(request)

    def generate(self, request: GenerationRequest) -> AsyncGenerator[GenerationEvent, None]:
        return self._backend.generate(request)

    async def close(self) -> None:
        await self._backend.close()
