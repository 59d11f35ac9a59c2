"""One model's claim to memory: since when it waits for it or has it, and when it was last used."""

from __future__ import annotations

import asyncio

from inference.errors import Detail, InferenceError, InferenceErrorCode
from inference.model_lifecycle.lifecycle import ModelLifecycle
from inference.model_memory.plan import ModelUse
from inference.queueing.admission import Admission


class MemoryClaim:
    """Moments are seconds of the event loop's clock. Used from one event loop."""

    def __init__(self, lifecycle: ModelLifecycle, runs: Admission) -> None:
        self._lifecycle = lifecycle
        self._runs = runs
        self._requested_at: float | None = None
        self._waits_from = float("-inf")
        self._loaded_at: float | None = None
        self._used_at = 0.0

    @property
    def wanted_at(self) -> float | None:
        """Since when it waits for memory: from the request to load it, or from its eviction. None
        where it does not wait, or is no longer needed.
        """
        moments = [at for at in (self._requested_at, self._runs.oldest) if at is not None]
        if not moments or not self._lifecycle.waits_for_memory:
            return None
        return max(min(moments), self._waits_from)

    @property
    def idle_since(self) -> float | None:
        """Since when no run has needed it; None where one does, or it is not loaded."""
        is_idle = self._lifecycle.is_ready and not self._runs.holding and not self._runs.queue
        return self._used_at if is_idle and self._loaded_at is not None else None

    @property
    def is_resident(self) -> bool:
        """Whether it holds memory, or is being loaded."""
        return self._lifecycle.is_ready or self._lifecycle.is_starting

    @property
    def is_changing(self) -> bool:
        """Whether its memory is being allocated or freed."""
        return self._lifecycle.is_loading or self._lifecycle.is_unloading

    @property
    def is_pending(self) -> bool:
        """Whether it waits for memory, or is being loaded or unloaded."""
        is_under_way = self._lifecycle.is_starting or self._lifecycle.is_unloading
        return is_under_way or self.wanted_at is not None

    @property
    def held(self) -> int:
        """Bytes that it holds now, by its card."""
        is_held = self._lifecycle.is_ready or self.is_changing
        return (self._lifecycle.card.memory or 0) if is_held else 0

    def use(self) -> ModelUse | None:
        """The model as `plan.decide` takes it; None where its memory is not counted."""
        card = self._lifecycle.card
        if not card.is_counted:
            return None
        return ModelUse(
            card.id,
            card.memory or 0,
            self.is_resident,
            busy=bool(self._runs.holding) or self._lifecycle.is_starting,
            loaded_at=_now() if self._loaded_at is None else self._loaded_at,
            used_at=self._used_at,
            wanted_at=self.wanted_at,
        )

    def request_load(self) -> None:
        """Load it, also where no run needs it yet."""
        if not self._lifecycle.is_ready:
            self._requested_at = self._requested_at or _now()
        self._lifecycle.load()

    async def unload(self) -> None:
        """Free its memory until it is needed again. Raises `InferenceError` with
        `model_in_use` while it answers or runs wait for it.
        """
        if self._runs.holding or self._runs.queue:
            in_use, card = InferenceErrorCode.MODEL_IN_USE, self._lifecycle.card
            detail: Detail = {"model": card.name}
            raise InferenceError(in_use, f"{card.id} is used", retryable=True, detail=detail)
        self.evict()
        await self._lifecycle.unloaded()

    def evict(self) -> None:
        """Begin to free its memory. Runs that wait for it request the memory anew from now on."""
        self._requested_at, self._waits_from = None, _now()
        self._lifecycle.unload()
        if self._runs.queue:
            self._lifecycle.load()

    def used(self) -> None:
        """Note that a run of it has ended."""
        self._used_at = _now()

    def update(self) -> None:
        """Follow the model's state. After a download it waits for memory from then on."""
        if self._lifecycle.download.is_under_way:
            self._waits_from = _now()
        if not self._lifecycle.is_ready:
            self._loaded_at = None
        elif self._loaded_at is None:
            self._loaded_at = self._used_at = _now()
        if self._lifecycle.is_ready or self._lifecycle.has_failed:
            self._requested_at = None


def _now() -> float:
    return asyncio.get_running_loop().time()
