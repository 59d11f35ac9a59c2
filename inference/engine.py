"""The engine of a process: its list of models, and the entry point of every run."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import aclosing

from inference.backends.base import Backend
from inference.errors import InferenceError, InferenceErrorCode
from inference.events import EngineEvent
from inference.lane import Lane
from inference.model_list import ModelList
from inference.model_memory.budget import MemoryBudget
from inference.model_memory.policy import MemoryPolicy
from inference.queueing.admission import Limits, OwnerShare
from inference.residency.residency import Residency
from inference.restarts import Recovery
from inference.types import GenerationRequest, ModelActivity, ModelCard


class Engine:
    """Serves runs of several models, each through its own lane. Used from one event loop."""

    def __init__(
        self,
        backends: Sequence[Backend],
        queue_length: int,
        share: OwnerShare = OwnerShare(),  # noqa: B008 - it is frozen
        recovery: Recovery = Recovery(),  # noqa: B008 - it is frozen
        memory: MemoryPolicy = MemoryPolicy(),  # noqa: B008 - it is frozen
    ) -> None:
        """`queue_length` runs may wait for each model, `share` of them one owner's."""
        if not backends:
            raise ValueError("an engine needs at least one model")
        self._limits = Limits(queue_length, share)
        self._recovery = recovery
        self._models = ModelList(self._lane, self._notify)
        self._residency = Residency(self._models, memory, MemoryBudget(memory.limit))
        self._closed = False
        for backend in backends:
            self._models.add(backend)

    @property
    def default_model(self) -> str:
        """The id of the first of `models()`."""
        return self._models.default

    def models(self) -> tuple[ModelCard, ...]:
        """All models as they are now, the default first."""
        return self._models.cards()

    def activity(self) -> tuple[ModelActivity, ...]:
        """What each of `models()` does, in the same order."""
        return tuple(lane.activity for lane in self._models)

    def add(self, backend: Backend) -> ModelCard:
        """Append a model, not loaded yet; an id that is taken gets a number.

        Raises `InferenceError` with `shutting_down` after `close`.
        """
        if self._closed:
            raise _closing()
        return self._models.add(backend).card

    async def remove(self, model: str) -> None:
        """Take a model out of the list at once, whatever it does. Its runs end once, with
        `model_removed`; when this returns its memory is free. Continues even if cancelled.

        Raises `InferenceError`: `unknown_model`, and `invalid_request` for the only one.
        """
        await self._models.remove(model)

    def set_default(self, model: str) -> None:
        """Put a model first. Raises `InferenceError` with `unknown_model`."""
        self._models.set_default(model)
        self._residency.changed()

    def load_default(self) -> None:
        """Begin to load the default model; if that fails, its card has the reason."""
        self._models[self.default_model].request_load()

    def load(self, model: str) -> None:
        """Begin to load a model; other models may have to be unloaded first.

        Raises `InferenceError`: `unknown_model`, `download_paused`, `model_too_large`,
        `smaller_model_fits`.
        """
        self._usable(model).request_load()

    async def unload(self, model: str) -> None:
        """Free a model's memory until it is needed again. Does nothing for one that is not loaded.

        Raises `InferenceError`: `unknown_model`, and `model_in_use` while it answers or runs
        wait for it.
        """
        await self._models[model].claim.unload()

    def fetch(self, model: str) -> None:
        """Begin to download a model's file, if it is missing. Raises `InferenceError`:
        `unknown_model`, `download_paused`.
        """
        download = self._models[model].lifecycle.download
        download.check()
        download.begin()

    def pause(self, model: str) -> None:
        """Stop a model's download and keep what has arrived. The runs that wait for it end with
        `download_paused`. Nothing where no file is missing. Raises `InferenceError` with
        `unknown_model`.
        """
        self._models[model].lifecycle.download.pause()

    def resume(self, model: str) -> None:
        """Continue a paused download. Raises `InferenceError` with `unknown_model`."""
        self._models[model].lifecycle.download.resume()

    async def generate(self, request: GenerationRequest) -> AsyncGenerator[EngineEvent, None]:
        """`QueuePosition` while the run waits, `Started`, `TextDelta`s, one `GenerationFinished`.
        Closing the generator cancels the run.

        Raises `InferenceError`: `unknown_model`, `overloaded`, what `load` raises, or what the
        backend raises; `model_removed` where the model is taken out of the list.
        """
        async with aclosing(self._usable(request.model).serve(request)) as events:
            async for event in events:
                yield event

    def watch(self) -> AsyncIterator[tuple[ModelCard, ...]]:
        """`models()` now and after every change; changes between two reads are merged."""
        return self._models.watch()

    async def close(self) -> None:
        """Stop all runs and free all models. Idempotent."""
        self._closed = True
        await self._residency.close()
        await self._models.close(_closing())

    def _usable(self, model: str) -> Lane:
        lane = self._models[model]
        lane.lifecycle.download.check()
        self._residency.check(lane)
        return lane

    def _lane(self, backend: Backend) -> Lane:
        return Lane(backend, self._limits, self._recovery, self._notify, self._residency.changed)

    def _notify(self) -> None:
        self._models.notify()
        self._residency.changed()


def _closing() -> InferenceError:
    return InferenceError(InferenceErrorCode.SHUTTING_DOWN, "closing", retryable=True)
