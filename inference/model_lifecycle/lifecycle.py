"""One model's lifecycle: download, load, unload, crash, and automatic reload."""

from __future__ import annotations

from collections.abc import Callable

from inference.backends.base import Backend
from inference.errors import InferenceError
from inference.model_lifecycle.crash_record import CrashRecord
from inference.model_lifecycle.download import ModelDownload
from inference.model_lifecycle.loader import ModelLoader
from inference.model_lifecycle.stall_watch import StallWatch
from inference.model_lifecycle.status import ModelStatus
from inference.model_lifecycle.unloader import ModelUnloader
from inference.restarts import Recovery
from inference.types import ModelCard, ModelState


class ModelLifecycle:
    """Loads the model when `load` is called, and again after a crash. Used from one event loop.

    A model whose memory is counted is loaded only once `begin` is called. After a failed load, or
    too many crashes, the next `load` tries again, so a repaired network or file needs no restart
    of the server. `busy` returns whether a run holds a slot.
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
        self._unloader = ModelUnloader(backend, self._status, self._stop, self._advance)
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
    def has_failed(self) -> bool:
        """Whether it failed and is not loaded again without another `load`."""
        idle = not self._loader.is_at_work and not self.download.is_under_way
        return self.card.state is ModelState.FAILED and idle

    @property
    def is_starting(self) -> bool:
        """Whether it is being loaded, also again after a crash."""
        return self._loader.is_at_work and not self.is_unloading

    @property
    def is_loading(self) -> bool:
        """Whether it is allocating memory now."""
        return self._loader.is_at_work and self.card.state is ModelState.LOADING

    @property
    def is_unloading(self) -> bool:
        """Whether its memory is being freed."""
        return self._unloader.is_at_work

    @property
    def waits_for_memory(self) -> bool:
        """Whether it is to be loaded and waits only for `begin`."""
        is_under_way = self._loader.is_at_work or self.is_unloading or self.is_ready
        return self._wanted and not (is_under_way or self.download.is_needed or self._closed)

    def load(self) -> None:
        """Have it loaded, unless it is or that is under way."""
        self._wanted = True
        self._advance()

    def begin(self) -> None:
        """Load it if it waits for memory: there is enough now."""
        if self.waits_for_memory:
            self._wanted = False
            self._loader.load()

    def refuse(self, error: InferenceError) -> None:
        """Fail the load that waits for memory; the next `load` tries again."""
        self._wanted = False
        self._status.fail(error)

    def made_progress(self) -> None:
        """A run produced an event; see `CrashRecord`."""
        self._crashes.made_progress()

    def failed(self, error: InferenceError, *, at_once: bool) -> None:
        """A run failed, `at_once` if before its first text: this may be a crash of the model."""
        if crash := self._crashes.failed(error, at_once=at_once):
            self._crash(crash)

    def unload(self) -> None:
        """Begin to free its memory; it is not loaded again before the next `load`."""
        self._wanted = False
        if self.is_ready or self.is_starting:
            self._unloader.begin()

    async def unloaded(self) -> None:
        """Wait until no memory is being freed."""
        await self._unloader.ended()

    async def close(self) -> None:
        """Free the model for good. Idempotent."""
        self._closed = True
        await self.download.close()
        await self._stop()
        await self._unloader.ended()
        await self._backend.close()

    def _advance(self) -> None:
        """Begin the next step towards a loaded model."""
        if self._closed or self.is_unloading or self._loader.is_at_work:
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
        self._advance()

    def _crash(self, error: InferenceError) -> None:
        if self._closed or not self.is_ready:
            return
        self._watch.stop()
        self._loader.reload(self._crashes.crashed(error))

    async def _stop(self) -> None:
        await self._loader.stop()
        await self._watch.stopped()
