"""The download of one model's missing file: begun, paused, resumed and cancelled."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import replace

from inference.backends.base import Backend
from inference.errors import InferenceError, InferenceErrorCode
from inference.model_lifecycle.status import ModelStatus
from inference.types import Download, ModelState

logger = logging.getLogger(__name__)


class ModelDownload:
    """Used from one event loop. `on_end` is called with None once the file is there, or with the
    reason why it could not be downloaded; `status` is set before.
    """

    def __init__(
        self,
        backend: Backend,
        status: ModelStatus,
        on_end: Callable[[InferenceError | None], None],
    ) -> None:
        self.is_paused = False
        self._backend = backend
        self._status = status
        self._on_end = on_end
        self._is_there = False
        self._is_wanted = False
        self._task: asyncio.Task[InferenceError | None] | None = None

    @property
    def is_needed(self) -> bool:
        """Whether the model has a file that is not there."""
        return not self._is_there and self._backend.card.download is not None

    @property
    def is_under_way(self) -> bool:
        return self._task is not None

    @property
    def refusal(self) -> InferenceError | None:
        """The error `download_paused` while the model cannot be used for that reason, else None."""
        if not self.is_paused or not self.is_needed:
            return None
        card = self._status.card
        paused = InferenceErrorCode.DOWNLOAD_PAUSED
        message = f"the download of {card.id} is paused"
        return InferenceError(paused, message, retryable=True, detail={"model": card.name})

    def check(self) -> None:
        """Raises `InferenceError` with `download_paused`."""
        if (refusal := self.refusal) is not None:
            raise refusal

    def begin(self) -> None:
        """Begin or continue, unless it is paused, under way or not needed."""
        if not self.is_needed or self.is_paused:
            return
        self._is_wanted = True
        if self._task is None:
            known = self._status.card.download or self._backend.card.download
            self._status.report(ModelState.FETCHING, None, known and replace(known, paused=False))
            name = f"fetch {self._backend.card.id}"
            self._task = asyncio.create_task(self._fetch(), name=name)
            self._task.add_done_callback(self._ended)

    def pause(self) -> None:
        """Stop, and keep what has arrived. Does nothing where no file is missing."""
        if not self.is_needed:
            return
        self.is_paused, self._is_wanted = True, False
        if self._task is not None:
            self._task.cancel()
        known = self._status.card.download or self._backend.card.download
        self._status.absent(known and replace(known, paused=True, bytes_per_second=None))
        self._on_end(self.refusal)

    def resume(self) -> None:
        """Continue after a pause, or begin."""
        self.is_paused = False
        self.begin()

    async def close(self) -> None:
        """Stop for good; returns when nothing writes the file any more."""
        self.is_paused, self._is_wanted = True, False
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait({self._task})

    async def _fetch(self) -> InferenceError | None:
        """Why it could not be downloaded; None if it was."""
        try:
            await self._backend.fetch(self._report)
        except InferenceError as error:
            return error
        except Exception as error:
            logger.exception("downloading %s failed", self._backend.card.id)
            failed = InferenceErrorCode.MODEL_FETCH_FAILED
            return InferenceError(failed, repr(error), detail={"sources": type(error).__name__})
        return None

    def _ended(self, task: asyncio.Task[InferenceError | None]) -> None:
        self._task = None
        if task.cancelled():
            if self._is_wanted:  # resumed before it had stopped
                self.begin()
            return
        error = task.result()
        if error is None:
            self._is_there, self.is_paused = True, False
            self._status.unloaded()
        elif self.is_paused:
            return
        else:
            self._status.fail(error)
        self._on_end(error)

    def _report(
        self, state: ModelState, progress: float | None, download: Download | None = None
    ) -> None:
        if not self.is_paused:
            self._status.report(state, progress, download)
