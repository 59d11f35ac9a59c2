"""Only a model that is waited for, and stands still, stalled_for."""

from __future__ import annotations

import asyncio

import pytest

from inference.model_lifecycle.watchdog import stalled_for
from tests.patience import PATIENCE

SECONDS = 0.04
ENOUGH = 40
"""Looks by which a model that stands still was found long ago: it takes eight."""


class Model:
    """Counts how often it is looked at; `works` makes a step between two looks."""

    def __init__(self, *, works: bool) -> None:
        self.seen_enough = asyncio.Event()
        self._works = works
        self._looks = 0

    def beats(self) -> int:
        self._looks += 1
        if self._looks == ENOUGH:
            self.seen_enough.set()
        return self._looks if self._works else 0


async def test_a_busy_model_without_a_step_hangs() -> None:
    await asyncio.wait_for(stalled_for(Model(works=False).beats, lambda: True, SECONDS), 10)


@pytest.mark.parametrize(("works", "busy"), [(True, True), (False, False)])
async def test_one_that_works_or_rests_does_not(works: bool, busy: bool) -> None:
    model = Model(works=works)
    watching = asyncio.create_task(stalled_for(model.beats, lambda: busy, SECONDS))
    await asyncio.wait_for(model.seen_enough.wait(), PATIENCE)
    assert not watching.done()
    watching.cancel()
    await asyncio.wait({watching})
