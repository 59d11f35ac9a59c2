"""Any backend under another id and name."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from dataclasses import replace

from inference.backends.base import Backend, Report
from inference.events import GenerationEvent
from inference.history import Fitted
from inference.types import GenerationRequest, ModelCard


class NamedBackend:
    """Keeps a backend's contract. An empty `id` or `name` is the model's own."""

    def __init__(self, backend: Backend, id: str, name: str) -> None:  # noqa: A002 - a card's word
        self._backend = backend
        self._id = id
        self._name = name

    @property
    def card(self) -> ModelCard:
        card = self._backend.card
        return replace(card, id=self._id or card.id, name=self._name or card.name)

    @property
    def beats(self) -> int:
        return self._backend.beats

    async def load(self, report: Report) -> None:
        await self._backend.load(report)

    async def fit(self, request: GenerationRequest) -> Fitted:
        return await self._backend.fit(request)

    def generate(self, request: GenerationRequest) -> AsyncGenerator[GenerationEvent, None]:
        return self._backend.generate(request)

    async def close(self) -> None:
        await self._backend.close()
