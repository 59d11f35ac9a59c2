"""One model's claim to memory: since when it wants it, since when it has it, when it was used."""

from __future__ import annotations

import asyncio

from inference.errors import Detail, InferenceError, InferenceErrorCode
from inference.model_life.life import ModelLife
from inference.model_memory.plan import ModelUse
from inference.queueing.admission import SocketAuthentication


class MemoryClaim:
    """Used from one event loop, by whose clock its moments are."""

    def __init__(self, life: ModelLife, runs: SocketAuthentication) -> None:
        self._life = life
        self._runs = runs
        self._asked_at: float | None = None
        self._not_before = float("-inf")
        self._loaded_at: float | None = None
        self._used_at = 0.0

    @property
    def wanted_at(self) -> float | None:
        """Since when it waits for memory: since somebody asked for it, or it had to go. None where
        it does not wait, or nobody wants it any more.
        """
        moments = [at for at in (self._asked_at, self._runs.oldest) if at is not None]
        if not moments or not self._life.waits_for_memory:
            return None
        return max(min(moments), self._not_before)

    @property
    def idle_since(self) -> float | None:
        """Since when nobody has needed it; None where somebody does, or it was not loaded."""
        is_idle = self._life.is_ready and not self._runs.holding and not self._runs.queue
        return self._used_at if is_idle and self._loaded_at is not None else None

    @property
    def is_resident(self) -> bool:
        """Whether it holds memory, or is about to."""
        return self._life.is_ready or self._life.is_coming

    @property
    def is_moving(self) -> bool:
        """Whether it takes or gives back memory just now."""
        return self._life.is_loading or self._life.is_leaving

    @property
    def is_pending(self) -> bool:
        """Whether it waits for memory, or is being loaded."""
        return self._life.is_coming or self._life.is_leaving or self.wanted_at is not None

    @property
    def held(self) -> int:
        """Bytes that it is said to hold now."""
        return (self._life.card.memory or 0) if self._life.is_ready or self.is_moving else 0

    def use(self) -> ModelUse | None:
        """What a plan needs to know of it; None where its memory is not counted."""
        card = self._life.card
        if not card.is_counted:
            return None
        return ModelUse(
            card.id,
            card.memory or 0,
            self.is_resident,
            busy=bool(self._runs.holding) or self._life.is_coming,
            loaded_at=_now() if self._loaded_at is None else self._loaded_at,
            used_at=self._used_at,
            wanted_at=self.wanted_at,
        )

    def ask(self) -> None:
        """Somebody wants it loaded, and may have no run for it yet."""
        if not self._life.is_ready:
            self._asked_at = self._asked_at or _now()
        self._life.load()

    async def give_up(self) -> None:
        """Free its memory until somebody wants it again. Raises `InferenceError` with
        `model_in_use` while it answers or runs wait for it.
        """
        if self._runs.holding or self._runs.queue:
            in_use, card = InferenceErrorCode.MODEL_IN_USE, self._life.card
            detail: Detail = {"model": card.name}
            raise InferenceError(in_use, f"{card.id} is used", retryable=True, detail=detail)
        self.take_away()
        await self._life.unloaded()

    def take_away(self) -> None:
        """Begin to free its memory; runs that wait are served when it has memory again, and wait
        for that from now on.
        """
        self._asked_at, self._not_before = None, _now()
        self._life.unload()
        if self._runs.queue:
            self._life.load()

    def used(self) -> None:
        """A run of it has ended."""
        self._used_at = _now()

    def follow(self) -> None:
        """The model has changed. What waited for its download waits for memory from then on."""
        if self._life.download.is_under_way:
            self._not_before = _now()
        if not self._life.is_ready:
            self._loaded_at = None
        elif self._loaded_at is None:
            self._loaded_at = self._used_at = _now()
        if self._life.is_ready or self._life.is_over:
            self._asked_at = None


def _now() -> float:
    return asyncio.get_running_loop().time()
