"""One model's life: loaded, at work, crashed or hanging, and loaded again by itself."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace

from inference.backends.base import Backend
from inference.errors import Detail, InferenceError, InferenceErrorCode
from inference.restarts import Recovery, Restarts
from inference.types import Download, ModelCard, ModelState
from inference.watchdog import hangs

logger = logging.getLogger(__name__)

_SICK = 3
"""So many runs that fail in a row, none with a word, are the model's failure: a graphics card
that lost its memory refuses every step from then on.
"""


class ModelLife:
    """Loads the model when `load` is called, and again when it has crashed. Used from one loop.

    After a failed load, or too many crashes, the next `load` tries again, so a repaired network
    or file needs no restart of the server. `busy` tells whether a run is waiting for a step.
    """

    def __init__(
        self,
        backend: Backend,
        recovery: Recovery,
        busy: Callable[[], bool],
        on_change: Callable[[], None],
    ) -> None:
        self.card: ModelCard = backend.card
        self._backend = backend
        self._recovery = recovery
        self._restarts = Restarts(recovery)
        self._busy = busy
        self._on_change = on_change
        self._failures = 0
        self._closed = False
        self._coming: asyncio.Task[None] | None = None
        self._watching: asyncio.Task[None] | None = None

    @property
    def is_ready(self) -> bool:
        return self.card.state is ModelState.READY

    @property
    def is_over(self) -> bool:
        """Whether it failed, and nothing but another `load` will bring it back."""
        return self.card.state is ModelState.FAILED and self._coming is None

    def load(self) -> None:
        """Begin to load unless that is done or under way."""
        if self._closed or self._coming is not None:
            return
        if self.is_ready:
            self._watch()
            return
        missing = self._backend.card.download
        self._report(ModelState.FETCHING if missing else ModelState.LOADING, None, missing)
        self._coming = asyncio.create_task(self._come(self._load), name=f"load {self.card.id}")

    def worked(self) -> None:
        """It told something."""
        self._failures = 0

    def failed(self, error: InferenceError, *, at_once: bool) -> None:
        """A run failed, `at_once` if before its first word: perhaps by the model's own failure."""
        if error.code is InferenceErrorCode.BACKEND_FAILED and at_once:
            self._failures += 1
        if error.code is InferenceErrorCode.MODEL_CRASHED:
            self._crash(error)
        elif self._failures == _SICK:
            said = f"{_SICK} runs in a row failed: {error.message}"
            self._crash(InferenceError(InferenceErrorCode.MODEL_CRASHED, said, retryable=True))

    async def close(self) -> None:
        """Load no more, and free the model. Idempotent."""
        self._closed = True
        for ending in (self._coming, self._watching):
            if ending is not None:
                ending.cancel()
                await asyncio.wait({ending})
        await self._backend.close()

    def _crash(self, error: InferenceError) -> None:
        if self._closed or not self.is_ready:
            return
        self._failures = 0
        if self._watching is not None:
            self._watching.cancel()
            self._watching = None
        seconds = self._restarts.crashed()
        self._log(error, seconds)
        told = self._gave_up() if seconds is None else error
        self._coming = asyncio.create_task(
            self._come(lambda: self._come_back(told, seconds)), name=f"reload {self.card.id}"
        )
        self._fail(told)

    async def _come(self, load: Callable[[], Awaitable[InferenceError | None]]) -> None:
        try:
            error = await load()
        except Exception as failure:  # else it would be neither there nor be loaded again
            logger.exception("%s could not be made ready", self.card.id)
            error = InferenceError(InferenceErrorCode.MODEL_LOAD_FAILED, repr(failure))
        self._coming = None
        if error is not None:
            self._fail(error)
            return
        self._watch()
        self._set_card(replace(self._backend.card, state=ModelState.READY))

    async def _load(self) -> InferenceError | None:
        """Why it could not be loaded; None if it was."""
        try:
            await self._backend.load(self._report)
        except InferenceError as error:
            return error
        except Exception as error:
            logger.exception("loading %s failed", self.card.id)
            return InferenceError(InferenceErrorCode.MODEL_LOAD_FAILED, repr(error))
        return None

    async def _come_back(
        self, last: InferenceError, seconds: float | None
    ) -> InferenceError | None:
        """Free what can be freed, and load it again in so many seconds, as often as that may be
        tried; why not in the end, None if it is there.
        """
        await self._backend.close()
        while seconds is not None:
            await asyncio.sleep(seconds)
            self._report(ModelState.LOADING, None)
            error = await self._load()
            if error is None or not error.retryable:
                return error
            self._fail(error)
            last, seconds = error, self._restarts.crashed()
        return last

    def _watch(self) -> None:
        """Begin to watch over it, unless that is done already."""
        seconds = self._recovery.stall_seconds
        if seconds and (self._watching is None or self._watching.done()):
            watching = self._crash_when_it_hangs(seconds)
            self._watching = asyncio.create_task(watching, name=f"watch {self.card.id}")

    async def _crash_when_it_hangs(self, seconds: float) -> None:
        while not await self._hangs(seconds):
            continue
        said = f"it did no step for {seconds:g} seconds"
        detail: Detail = {"silence": round(seconds)}
        stalled = InferenceErrorCode.MODEL_STALLED
        self._crash(InferenceError(stalled, said, retryable=True, detail=detail))

    async def _hangs(self, seconds: float) -> bool:
        """True once it hangs; False, after a pause, where that could not be told: it is logged."""
        try:
            await hangs(lambda: self._backend.beats, self._busy, seconds)
        except Exception:
            logger.exception("%s could not be watched", self.card.id)
            await asyncio.sleep(seconds)
            return False
        return True

    def _gave_up(self) -> InferenceError:
        crashes, minutes = self._restarts.crashes, self._recovery.minutes
        return InferenceError(
            InferenceErrorCode.MODEL_GAVE_UP,
            f"{crashes} crashes in {minutes} minutes",
            detail={"crashes": crashes, "minutes": minutes},
        )

    def _log(self, crash: InferenceError, seconds: float | None) -> None:
        """One record a crash, with what raised it where that is known."""
        then = "it is given up" if seconds is None else f"it is loaded again in {seconds:g} s"
        said = "model %s crashed (number %d lately): %s; %s"
        values = (self.card.id, self._restarts.crashes, crash.message, then)
        logger.error(said, *values, exc_info=crash.__cause__)

    def _fail(self, error: InferenceError) -> None:
        self._set_card(replace(self.card, state=ModelState.FAILED, progress=None, error=error))

    def _report(
        self, state: ModelState, progress: float | None, download: Download | None = None
    ) -> None:
        told = replace(self.card, state=state, progress=progress, download=download, error=None)
        self._set_card(told)

    def _set_card(self, card: ModelCard) -> None:
        self.card = card
        self._on_change()
