"""A backend that takes a number of bytes and answers as slowly as a test wants."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import replace

from inference.backends.base import Report
from inference.backends.refusals import closing
from inference.errors import InferenceError
from inference.events import GenerationEvent, GenerationFinished, TextDelta
from inference.request.history import Fitted
from inference.types import Download, GenerationRequest, ModelCard, ModelState, Usage


class Memory:
    """What fake models hold together, now and at most."""

    def __init__(self) -> None:
        self.used = 0
        self.most = 0

    def take(self, size: int) -> None:
        self.used += size
        self.most = max(self.most, self.used)


class FakeModel:
    """Loads for `load_seconds`, and answers with a word each `step_seconds`, `words` of them."""

    def __init__(
        self,
        name: str,
        size: int | None = None,
        memory: Memory | None = None,
        *,
        slots: int = 2,
        file: Download | None = None,
    ) -> None:
        state = ModelState.ABSENT if file else ModelState.UNLOADED
        self.card = ModelCard(
            name, name.title(), "fake", slots, state=state, memory=size, download=file
        )
        self.beats = 0
        self.load_seconds = 1.0
        self.step_seconds = 1.0
        self.fetch_seconds = 10.0
        self.close_seconds = 0.1
        self.words = 5
        self.loads = 0
        self.fetches = 0
        self.open = 0
        self.failure: InferenceError | None = None
        self.is_loaded = False
        self._memory = memory or Memory()
        self._ended = asyncio.Event()
        self._end = closing()

    def crash(self, error: InferenceError) -> None:
        """End all open iterators with it; the memory is held until `close`."""
        self._end = error
        self._ended.set()

    @property
    def has_unseen_crash(self) -> bool:
        """Whether it crashed while no answer was open: the next one asked of it finds out."""
        return self.is_loaded and self._ended.is_set()

    async def fetch(self, report: Report) -> None:
        file = self.card.download
        if file is None:
            return
        self.fetches += 1
        report(ModelState.FETCHING, file.fraction, file)
        while file.done < file.total:
            await asyncio.sleep(self.fetch_seconds / 10)
            file = replace(file, done=min(file.done + file.total // 10, file.total))
            self.card = replace(self.card, download=file)
            report(ModelState.FETCHING, file.fraction, file)
        self.card = replace(self.card, download=None)

    async def load(self, report: Report) -> None:
        assert not self.is_loaded
        self.loads += 1
        self._take(self.card.memory or 0)
        try:
            report(ModelState.LOADING, 0.5)
            await asyncio.sleep(self.load_seconds)
            if self.failure is not None:
                raise self.failure
        except BaseException:
            self._take(-(self.card.memory or 0))
            raise
        self._ended, self._end = asyncio.Event(), closing()
        self.is_loaded = True

    async def fit(self, request: GenerationRequest) -> Fitted:
        return Fitted(request)

    async def generate(self, request: GenerationRequest) -> AsyncGenerator[GenerationEvent, None]:
        self._check_loaded()
        self.open += 1
        assert self.open <= self.card.slots
        try:
            for number in range(self.words):
                await self._step()
                yield TextDelta("answer", f"{number} ")
            yield GenerationFinished("stop", Usage(1, self.words))
        finally:
            self.open -= 1

    async def close(self) -> None:
        if self.is_loaded:
            self.is_loaded = False
            self._ended.set()
            await asyncio.sleep(self.close_seconds)
            self._take(-(self.card.memory or 0))

    async def _step(self) -> None:
        self.beats += 1
        try:
            async with asyncio.timeout(self.step_seconds):
                await self._ended.wait()
        except TimeoutError:
            pass
        self._check_loaded()

    def _check_loaded(self) -> None:
        if not self.is_loaded or self._ended.is_set():
            raise self._end

    def _take(self, size: int) -> None:
        self._memory.take(size)
