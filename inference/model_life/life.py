"""One model's life: downloaded, loaded, at work, unloaded, crashed, and loaded again by itself."""

from __future__ import annotations

from collections.abc import Callable

from inference.backends.base import Backend
from inference.errors import InferenceError
from inference.model_life.crash_record import CrashRecord
from inference.model_life.download import ModelDownload
from inference.model_life.loader import ModelLoader
from inference.model_life.stall_watch import StallWatch
from inference.model_life.status import ModelStatus
from inference.model_life.unloader import ModelUnloader
from inference.restarts import Recovery
from inference.types import ModelCard, ModelState


class ModelLife:
    """Loads the model when `load` is called, and again when it has crashed. Used from one loop.

    A model whose memory is counted waits for `begin` before it is loaded. After a failed load, or
    too many crashes, the next `load` tries again, so a repaired network or file needs no restart
    of the server. `busy` tells whether a run is waiting for a step.
    """

    def __init__(
        self,
        backend: Backend,
        recovery: Recovery,
        busy: Callable[[], bool],
        on_change: Callable[[], None],
    ) -> None:
        self._backend = backend
        self._status = ModelStatus(backend, on_change)
        self._crashes = CrashRecord(backend.card.id, recovery)
        self._watch = StallWatch(backend, recovery.stall_seconds, busy, self._crash)
        self._loader = ModelLoader(backend, self._status, self._crashes, self._watch.begin)
        self.download = ModelDownload(backend, self._status, self._downloaded)
        self._unloader = ModelUnloader(backend, self._status, self._stop, self._go_on)
        self._wanted = False
        self._closed = False

    @property
    def card(self) -> ModelCard:
        """The model as it is now."""
        return self._status.card

    @property
    def is_ready(self) -> bool:
        return self.card.state is ModelState.READY

    @property
    def is_over(self) -> bool:
        """Whether it failed, and nothing but another `load` will bring it back."""
        idle = not self._loader.is_at_work and not self.download.is_under_way
        return self.card.state is ModelState.FAILED and idle

    @property
    def is_coming(self) -> bool:
        """Whether it is being loaded, or comes back after a crash."""
        return self._loader.is_at_work and not self.is_leaving

    @property
    def is_loading(self) -> bool:
        """Whether it takes memory just now."""
        return self._loader.is_at_work and self.card.state is ModelState.LOADING

    @property
    def is_leaving(self) -> bool:
        """Whether its memory is being freed."""
        return self._unloader.is_at_work

    @property
    def waits_for_memory(self) -> bool:
        """Whether it is to be loaded, and nothing but `begin` is missing."""
        is_under_way = self._loader.is_at_work or self.is_leaving or self.is_ready
        return self._wanted and not (is_under_way or self.download.is_needed or self._closed)

    def load(self) -> None:
        """It is to be loaded, unless that is done or under way."""
        self._wanted = True
        self._go_on()

    def begin(self) -> None:
        """There is memory for it."""
        if self.waits_for_memory:
            self._wanted = False
            self._loader.load()

    def refuse(self, error: InferenceError) -> None:
        """It cannot be loaded now; the next `load` tries again."""
        self._wanted = False
        self._status.fail(error)

    def worked(self) -> None:
        """It told something."""
        self._crashes.worked()

    def failed(self, error: InferenceError, *, at_once: bool) -> None:
        """A run failed, `at_once` if before its first word: perhaps by the model's own failure."""
        if crash := self._crashes.failed(error, at_once=at_once):
            self._crash(crash)

    def unload(self) -> None:
        """Load it no more until that is asked for, and begin to free its memory."""
        self._wanted = False
        if self.is_ready or self.is_coming:
            self._unloader.begin()

    async def unloaded(self) -> None:
        """Returns when no memory is being freed any more."""
        await self._unloader.ended()

    async def close(self) -> None:
        """Load no more, and free the model. Idempotent."""
        self._closed = True
        await self.download.close()
        await self._stop()
        await self._unloader.ended()
        await self._backend.close()

    def _go_on(self) -> None:
        """Do what is next until it is loaded."""
        if self._closed or self.is_leaving or self._loader.is_at_work:
            return
        if self.is_ready:
            self._wanted = False
            self._watch.begin()
        elif self._wanted and self.download.is_needed:
            self.download.begin()
        elif not self.card.is_counted:
            self.begin()

    def _downloaded(self, error: InferenceError | None) -> None:
        self._wanted = self._wanted and error is None
        self._go_on()

    def _crash(self, error: InferenceError) -> None:
        if self._closed or not self.is_ready:
            return
        self._watch.stop()
        self._loader.come_back(self._crashes.crashed(error))

    async def _stop(self) -> None:
        await self._loader.stop()
        await self._watch.stopped()
