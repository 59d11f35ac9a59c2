"""The task that frees one model's memory."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

from inference.backends.base import Backend
from inference.model_lifecycle.status import ModelStatus

logger = logging.getLogger(__name__)


class ModelUnloader:
    """Used from one event loop. `stop` ends the tasks that work on the model; `on_end` is called
    when its memory is free.
    """

    def __init__(
        self,
        backend: Backend,
        status: ModelStatus,
        stop: Callable[[], Awaitable[None]],
        on_end: Callable[[], None],
    ) -> None:
        self._backend = backend
        self._status = status
        self._stop = stop
        self._on_end = on_end
        self._task: asyncio.Task[None] | None = None

    @property
    def is_at_work(self) -> bool:
        return self._task is not None

    def begin(self) -> None:
        """Begin, unless it is under way; `status` becomes unloaded at once."""
        if self._task is None:
            self._task = asyncio.create_task(self._run(), name=f"unload {self._status.card.id}")
            self._status.unloaded()

    async def ended(self) -> None:
        """Wait until nothing is under way. Cancelled, it stops nothing."""
        if self._task is not None:
            await asyncio.wait({self._task})

    async def _run(self) -> None:
        try:
            await self._stop()
            await self._backend.close()
        except Exception:
            logger.exception("%s could not be unloaded", self._status.card.id)
        self._task = None
        self._status.unloaded()
        self._on_end()
