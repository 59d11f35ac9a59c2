"""The routes are imported once no request waits for a model."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from hosting.web import warming
from inference import ModelCard, ModelState
from tests.patience import PATIENCE


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warming, "_QUIET_SECONDS", 0)


@pytest.mark.parametrize("then", [ModelState.READY, ModelState.FAILED, ModelState.FETCHING])
async def test_it_waits_while_the_model_loads(
    then: ModelState, monkeypatch: pytest.MonkeyPatch
) -> None:
    imported = asyncio.Event()
    loop = asyncio.get_running_loop()
    monkeypatch.setattr(warming, "_import", lambda: loop.call_soon_threadsafe(imported.set))
    states: list[ModelState] = []

    async def models() -> AsyncIterator[tuple[ModelCard, ...]]:
        for state in (ModelState.UNLOADED, ModelState.LOADING, then, ModelState.READY):
            assert not imported.is_set()
            states.append(state)
            yield (ModelCard("m", "M", "m", slots=1, state=state),)

    await asyncio.wait_for(warming.import_routes(models(), lambda: False), 20)
    await asyncio.wait_for(imported.wait(), PATIENCE)
    assert states == [ModelState.UNLOADED, ModelState.LOADING, then]


async def test_it_waits_while_an_answer_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    looks = [True, True, False]
    monkeypatch.setattr(warming, "_import", lambda: looks.append(False))

    async def models() -> AsyncIterator[tuple[ModelCard, ...]]:
        yield (ModelCard("m", "M", "m", slots=1, state=ModelState.READY),)

    await asyncio.wait_for(warming.import_routes(models(), lambda: looks.pop(0)), 20)
    assert looks == [False]
