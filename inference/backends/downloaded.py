"""A model of a hub's repository; its backend is chosen once its files are there."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from dataclasses import replace
from pathlib import Path

from inference.backends.base import Backend, Report
from inference.backends.model_file import Cancelled
from inference.backends.refusals import closing
from inference.backends.reporting import reported
from inference.catalog import background
from inference.catalog.model_download import ModelDownload
from inference.errors import InferenceError, InferenceErrorCode
from inference.events import GenerationEvent
from inference.request.history import Fitted
from inference.types import Download, GenerationRequest, ModelCard, ModelState

Make = Callable[[Path], Backend]
"""The backend for a file or folder that has been downloaded. Blocking; raises `InferenceError`."""


class DownloadedBackend:
    """Downloads the model, then delegates to the backend that its files need, under the id and name
    of `card`.
    """

    def __init__(self, card: ModelCard, download: ModelDownload, make: Make) -> None:
        missing = background.missing(download)
        here = ModelState.UNLOADED if missing is None else ModelState.ABSENT
        self._card = replace(card, state=here, download=missing)
        self._download = download
        self._make = make
        self._inside = self._opened() if missing is None else None

    @property
    def card(self) -> ModelCard:
        if self._inside is None:
            return self._card
        return replace(self._inside.card, id=self._card.id, name=self._card.name)

    @property
    def beats(self) -> int:
        return self._inside.beats if self._inside else 0

    async def fetch(self, report: Report) -> None:
        if missing := background.missing(self._download):
            report(ModelState.FETCHING, missing.fraction, missing)
            await reported(
                self._wait, lambda done: report(ModelState.FETCHING, done.fraction, done)
            )
        self._card = replace(self._card, download=None)
        if self._inside is None:
            self._inside = await asyncio.to_thread(self._open)

    async def load(self, report: Report) -> None:
        await self.fetch(report)
        if self._inside is not None:
            await self._inside.load(report)

    async def fit(self, request: GenerationRequest) -> Fitted:
        return await self._inside.fit(request) if self._inside else Fitted(request)

    def generate(self, request: GenerationRequest) -> AsyncGenerator[GenerationEvent, None]:
        if self._inside is None:
            raise closing()
        return self._inside.generate(request)

    async def close(self) -> None:
        if self._inside is not None:
            await self._inside.close()

    def _wait(self, on_progress: Callable[[Download], None], cancelled: Cancelled) -> None:
        background.begin(self._download).wait(on_progress, cancelled)

    def _opened(self) -> Backend | None:
        """The backend of the files; a fault in them is found when they are loaded."""
        try:
            return self._open()
        except InferenceError:
            return None

    def _open(self) -> Backend:
        path = self._download.loaded_path()
        if path is None:
            missing, file = InferenceErrorCode.MODEL_FILE_MISSING, self._download.key
            raise InferenceError(missing, f"{missing}: {file}", detail={"file": file.name})
        return self._make(path)
