"""Watches a loaded model, and reports one that is busy but does no step."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

from inference.backends.base import Backend
from inference.errors import Detail, InferenceError, InferenceErrorCode
from inference.model_lifecycle.watchdog import stalled_for

logger = logging.getLogger(__name__)


class StallWatch:
    """Calls `on_stall` with `model_stalled` after `seconds` in which the model was `busy` and did
    no step; with 0 seconds it never does. Used from one event loop.
    """

    def __init__(
        self,
        backend: Backend,
        seconds: float,
        busy: Callable[[], bool],
        on_stall: Callable[[InferenceError], None],
    ) -> None:
        self._backend = backend
        self._seconds = seconds
        self._busy = busy
        self._on_stall = on_stall
        self._task: asyncio.Task[None] | None = None

    def begin(self) -> None:
        """Begin to watch, unless it does already."""
        if self._seconds and (self._task is None or self._task.done()):
            name = f"watch {self._backend.card.id}"
            self._task = asyncio.create_task(self._watch(), name=name)

    def stop(self) -> None:
        """Stop watching. May be called from `on_stall`."""
        if self._task is not None:
            self._task.cancel()
            self._task = None

    async def stopped(self) -> None:
        """Stop watching, and wait until the task has ended."""
        task = self._task
        self.stop()
        if task is not None:
            await asyncio.wait({task})

    async def _watch(self) -> None:
        while not await self._is_stalled():
            continue
        detail: Detail = {"silence": round(self._seconds)}
        message = f"it did no step for {self._seconds:g} seconds"
        stalled = InferenceErrorCode.MODEL_STALLED
        self._on_stall(InferenceError(stalled, message, retryable=True, detail=detail))

    async def _is_stalled(self) -> bool:
        """True once it hangs; False, after a log record and a pause, where watching failed."""
        try:
            await stalled_for(lambda: self._backend.beats, self._busy, self._seconds)
        except Exception:
            logger.exception("%s could not be watched", self._backend.card.id)
            await asyncio.sleep(self._seconds)
            return False
        return True
