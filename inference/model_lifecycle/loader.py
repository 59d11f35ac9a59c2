"""The task that makes one model ready: its load, or its reload after a crash."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine

from inference.backends.base import Backend
from inference.errors import InferenceError, InferenceErrorCode
from inference.model_lifecycle.crash_record import Crash, CrashRecord
from inference.model_lifecycle.status import ModelStatus
from inference.types import ModelState

logger = logging.getLogger(__name__)

Loading = Coroutine[None, None, InferenceError | None]
"""Returns why the model could not be loaded; None if it was."""


class ModelLoader:
    """Used from one event loop. Reports progress to `status`; `on_ready` is called just before
    `status` becomes ready.
    """

    def __init__(
        self,
        backend: Backend,
        status: ModelStatus,
        crashes: CrashRecord,
        on_ready: Callable[[], None],
    ) -> None:
        self._backend = backend
        self._status = status
        self._crashes = crashes
        self._on_ready = on_ready
        self._task: asyncio.Task[None] | None = None

    @property
    def is_at_work(self) -> bool:
        return self._task is not None

    def load(self) -> None:
        """Begin to load. The model is not loaded, and no load is under way."""
        self._begin(self._load(), "load")
        self._status.report(ModelState.LOADING, None)

    def reload(self, crash: Crash) -> None:
        """Begin to free the crashed model and load it again, as often as `CrashRecord` allows."""
        self._begin(self._reload(crash), "reload")
        self._status.fail(crash.error)

    async def stop(self) -> None:
        """Cancel what is under way, and wait for its end."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait({self._task})
            self._task = None

    def _begin(self, work: Loading, what: str) -> None:
        name = f"{what} {self._status.card.id}"
        self._task = asyncio.create_task(self._run(work), name=name)

    async def _run(self, work: Loading) -> None:
        try:
            error = await work
        except Exception as failure:  # else the model would stay neither loaded nor failed
            logger.exception("%s could not be made ready", self._status.card.id)
            error = InferenceError(InferenceErrorCode.MODEL_LOAD_FAILED, repr(failure))
        self._task = None
        if error is not None:
            self._status.fail(error)
            return
        self._on_ready()
        self._status.ready()

    async def _load(self) -> InferenceError | None:
        try:
            await self._backend.load(self._status.report)
        except InferenceError as error:
            return error
        except Exception as error:
            logger.exception("loading %s failed", self._status.card.id)
            return InferenceError(InferenceErrorCode.MODEL_LOAD_FAILED, repr(error))
        return None

    async def _free(self) -> None:
        """Close the model. Cancelled, it still waits: the memory is not free before."""
        closing = asyncio.ensure_future(self._backend.close())
        try:
            await asyncio.shield(closing)
        finally:
            await asyncio.wait({closing})

    async def _reload(self, crash: Crash) -> InferenceError | None:
        await self._free()
        last, seconds = crash.error, crash.seconds
        while seconds is not None:
            await asyncio.sleep(seconds)
            self._status.report(ModelState.LOADING, None)
            error = await self._load()
            if error is None or not error.retryable:
                return error
            self._status.fail(error)
            last, seconds = error, self._crashes.seconds_to_restart()
        return last
