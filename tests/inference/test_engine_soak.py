"""A thousand requests of several owners that are cancelled, stopped and broken at random."""

from __future__ import annotations

import asyncio
import gc
import logging
import multiprocessing
import random
from concurrent.futures import ProcessPoolExecutor

import psutil
import pytest

from inference.engine import Engine
from inference.lane import Lane
from inference.queueing.admission import OwnerShare
from inference.restarts import Recovery
from tests.inference.owner_load import AT_ONCE, LARGEST_RUN, OwnerLoad
from tests.inference.simulated_loop import simulated
from tests.inference.unreliable_model import UnreliableModel

EACH = 40
"""Requests in turn; 25 such turns are under way at once."""
QUANTUM = 256
GROWTH = 8_000_000


class Deficits:
    """How far an owner's share of what was computed fell behind while all had requests waiting."""

    def __init__(self, model: UnreliableModel, lane: Lane) -> None:
        self.worst = 0.0
        self.looks = 0
        self._computed = model.computed
        self._queue = lane.runs.queue
        self._least = dict.fromkeys(AT_ONCE, float("inf"))

    def look(self) -> None:
        """Between any two looks a deficit may grow by what `worst` is compared with."""
        if not all(self._queue.count(owner) for owner in AT_ONCE):
            self._least = dict.fromkeys(AT_ONCE, float("inf"))
            return
        self.looks += 1
        share = self._computed.total() / len(AT_ONCE)
        for owner, least in self._least.items():
            behind = share - self._computed[owner]
            self._least[owner] = min(least, behind)
            self.worst = max(self.worst, behind - self._least[owner])


def _engine(model: UnreliableModel) -> Engine:
    recovery = Recovery(restarts=1_000, delays=(1.0,))
    return Engine([model], queue_length=100, share=OwnerShare(waiting=100), recovery=recovery)


@pytest.mark.parametrize("slots", [1, 2, 4])
def test_nothing_is_lost_and_owners_share(slots: int) -> None:
    async def scene() -> None:
        model = UnreliableModel("m", slots, seed=slots)
        model.step_seconds = 0.02
        engine = _engine(model)
        lane = engine._models["m"]
        deficits = Deficits(model, lane)
        load = OwnerLoad(engine, "m", random.Random(slots), 50.0, deficits.look)
        assert await load.ask(EACH) == load.ends.total == 1_000
        assert load.ends.late == 0
        assert min(load.ends.finished, load.ends.stopped, load.ends.left) > 0
        assert load.ends.failed >= model.failures > 0
        assert model.crashes > 0
        assert not lane.runs.holding
        assert len(lane.runs.queue) == model.open == 0
        assert deficits.looks > 10_000
        assert deficits.worst <= QUANTUM + LARGEST_RUN
        await engine.close()
        assert asyncio.all_tasks() == {asyncio.current_task()}

    simulated(scene())


def test_no_memory_is_lost() -> None:
    """Measured in a new process: this one holds what earlier tests have left."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        before, after = pool.submit(_memory_before_and_after).result()
    assert after - before < GROWTH


def _memory_before_and_after() -> tuple[int, int]:
    """After the first 200 requests, and after a thousand more."""
    logging.disable(logging.CRITICAL)

    async def scene() -> tuple[int, int]:
        model = UnreliableModel("m", 4, seed=9)
        model.step_seconds = 0.02
        engine = _engine(model)
        load = OwnerLoad(engine, "m", random.Random(9), 50.0)
        found = await _memory_after(load, 8), await _memory_after(load, EACH)
        await engine.close()
        return found

    return simulated(scene())


async def _memory_after(load: OwnerLoad, each: int) -> int:
    await load.ask(each)
    gc.collect()
    return int(psutil.Process().memory_info().rss)
