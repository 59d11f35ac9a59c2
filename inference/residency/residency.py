"""Loads and unloads models by the plan of `model_memory.plan`."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from contextlib import suppress

from inference.lane import Lane
from inference.model_list import ModelList
from inference.model_memory.budget import MemoryBudget
from inference.model_memory.plan import ModelUse, Plan, decide
from inference.model_memory.policy import MemoryPolicy
from inference.model_memory.wait import NO_WAIT, MemoryWait
from inference.residency.evictions import Evictions
from inference.residency.idle_models import unload_idle
from inference.residency.too_large import too_large

logger = logging.getLogger(__name__)

_RETRY_SECONDS = 5.0


class Residency:
    """Carries out `model_memory.plan.decide` after every change, for the models whose memory is
    counted. Used from one event loop.
    """

    def __init__(self, models: ModelList, policy: MemoryPolicy, budget: MemoryBudget) -> None:
        self._models = models
        self._policy = policy
        self._budget = budget
        self._evictions = Evictions(models)
        self._has_changed = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._closed = False

    def changed(self) -> None:
        """Decide again. Starts the task that does so where it has ended."""
        self._has_changed.set()
        if not self._closed and (self._task is None or self._task.done()):
            self._task = asyncio.create_task(self._run(), name="residency")

    def check(self, lane: Lane) -> None:
        """Raises `InferenceError`, `model_too_large` or `smaller_model_fits`, for a model that does
        not fit even alone.
        """
        use = lane.claim.use()
        if use is None or use.resident or not self._budget.knows(self._holders()):
            return  # what is not measured yet, the next review decides
        free = self._total()
        if use.need > free:
            raise too_large(lane.card, free, self._models.cards())

    async def close(self) -> None:
        """Stop deciding."""
        self._closed = True
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait({self._task})

    async def _run(self) -> None:
        while True:
            self._has_changed.clear()
            try:
                await self._measure()
                due = self._review()
            except Exception:
                logger.exception("which models are to be in memory could not be decided")
                await asyncio.sleep(_RETRY_SECONDS)
            else:
                await self._changed_or(due)

    async def _changed_or(self, due: float | None) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout_at(due):
                await self._has_changed.wait()

    async def _measure(self) -> None:
        if self._policy.limit:
            return
        holders = self._holders()
        is_wanted = any(lane.claim.wanted_at is not None for lane in self._models)
        if is_wanted or not self._budget.knows(holders):
            await asyncio.to_thread(self._budget.measure, holders)

    def _review(self) -> float | None:
        """Decide and act once. Returns when to decide again though nothing has changed."""
        uses = self._uses()
        free = self._total() if any(use.wanted_at is not None for use in uses) else 0
        now = asyncio.get_running_loop().time()
        changing = self._models.closing or any(lane.claim.is_changing for lane in self._models)
        plan = decide(uses, free, now, self._policy.yield_seconds, settled=not changing)
        self._carry_out(plan, free)
        self._evictions.restore(self._fits)
        idle = unload_idle(self._models, self._policy.unload_minutes, now)
        return min((at for at in (plan.due, idle) if at is not None), default=None)

    def _carry_out(self, plan: Plan, free: int) -> None:
        for model in plan.too_large:
            lane = self._models[model]
            lane.lifecycle.refuse(too_large(lane.card, free, self._models.cards()))
        if plan.load is not None:
            self._load_or_evict(plan.load, plan.unload)
        # Last: a model that is to be unloaded now must not admit a run before.
        names = {lane.card.id: lane.card.name for lane in self._models}
        for lane in self._models:
            lane.set_memory_wait(_memory_wait(lane.card.id, plan, names))

    def _load_or_evict(self, model: str, victims: tuple[str, ...]) -> None:
        if victims:
            self._evictions.evict(victims, model)
        else:
            self._models[model].lifecycle.begin()

    def _fits(self, model: str) -> bool:
        """Whether it fits beside all models in memory now."""
        uses = {use.id: use for use in self._uses()}
        wanted = uses.get(model)
        if wanted is None or wanted.resident:
            return False
        held = sum(use.need for use in uses.values() if use.resident)
        return held + wanted.need <= self._total()

    def _uses(self) -> list[ModelUse]:
        found = (lane.claim.use() for lane in self._models)
        return [use for use in found if use is not None]

    def _holders(self) -> frozenset[str]:
        return frozenset(lane.card.id for lane in self._all() if lane.claim.held)

    def _total(self) -> int:
        return self._budget.total(sum(lane.claim.held for lane in self._all()))

    def _all(self) -> Iterator[Lane]:
        yield from self._models
        yield from self._models.closing


def _memory_wait(model: str, plan: Plan, names: dict[str, str]) -> MemoryWait:
    holder = plan.blocked.get(model) or plan.stops_admitting.get(model)
    return MemoryWait(names[holder], model in plan.stops_admitting) if holder else NO_WAIT
