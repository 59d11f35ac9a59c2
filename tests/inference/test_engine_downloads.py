"""A model's file comes before the model: fetched, paused, resumed, given up."""

from __future__ import annotations

import asyncio

import pytest

from inference.engine import Engine
from inference.errors import InferenceError, InferenceErrorCode
from inference.model_memory.policy import MemoryPolicy
from inference.types import Download, ModelState
from tests.inference.fake_model import FakeModel
from tests.inference.recorded_run import read
from tests.inference.simulated_loop import simulated

PAUSED = InferenceErrorCode.DOWNLOAD_PAUSED


def _model(size: int | None = None) -> FakeModel:
    return FakeModel("model", size, file=Download(0, 1000))


def _engine(*models: FakeModel) -> Engine:
    return Engine(models, 64, memory=MemoryPolicy(10))


def test_a_fetched_model_is_not_loaded() -> None:
    model = _model()

    async def scene() -> None:
        engine = _engine(model)
        engine.fetch("model")
        engine.fetch("model")
        assert engine.models()[0].state is ModelState.FETCHING
        await asyncio.sleep(5.5)
        download = engine.models()[0].download
        assert download is not None
        assert download.done == 500
        await asyncio.sleep(10)
        (card,) = engine.models()
        assert (card.state, card.download) == (ModelState.UNLOADED, None)
        assert (model.fetches, model.loads) == (1, 0)
        assert (await read(engine, "model")).is_finished
        await engine.close()

    simulated(scene())


def test_a_paused_download_keeps_what_has_arrived_and_goes_on_from_there() -> None:
    model = _model()

    async def scene() -> None:
        engine = _engine(model)
        engine.fetch("model")
        await asyncio.sleep(5.5)
        engine.pause("model")
        (card,) = engine.models()
        assert card.state is ModelState.ABSENT
        assert card.download == Download(500, 1000, paused=True)
        await asyncio.sleep(60)
        assert engine.models() == (card,)
        with pytest.raises(InferenceError):
            engine.fetch("model")
        engine.resume("model")
        assert engine.models()[0].download == Download(500, 1000)
        await asyncio.sleep(5.5)
        assert engine.models()[0].state is ModelState.UNLOADED
        await engine.close()

    simulated(scene())


def test_a_download_resumed_before_it_has_stopped_goes_on() -> None:
    model = _model()

    async def scene() -> None:
        engine = _engine(model)
        engine.fetch("model")
        await asyncio.sleep(5.5)
        engine.pause("model")
        engine.resume("model")
        await asyncio.sleep(20)
        assert engine.models()[0].state is ModelState.UNLOADED
        assert model.fetches == 2
        await engine.close()

    simulated(scene())


def test_runs_of_a_paused_model_are_refused_also_those_that_waited() -> None:
    model = _model()

    async def scene() -> None:
        engine = _engine(model)
        waiting = asyncio.create_task(read(engine, "model"))
        await asyncio.sleep(5)
        engine.pause("model")
        received = await waiting
        assert (received.ends, received.code) == (1, PAUSED)
        assert (await read(engine, "model")).code is PAUSED
        with pytest.raises(InferenceError) as raised:
            engine.load("model")
        assert raised.value.code is PAUSED
        engine.resume("model")
        assert (await read(engine, "model")).is_finished
        await engine.close()

    simulated(scene())


def test_resuming_what_no_run_waits_for_does_not_load_it() -> None:
    model = _model()

    async def scene() -> None:
        engine = _engine(model)
        engine.load("model")
        await asyncio.sleep(5)
        engine.pause("model")
        engine.resume("model")
        await asyncio.sleep(60)
        assert (model.loads, engine.models()[0].state) == (0, ModelState.UNLOADED)
        await engine.close()

    simulated(scene())


def test_there_is_nothing_to_pause_in_a_model_that_is_there() -> None:
    model = FakeModel("model")

    async def scene() -> None:
        engine = _engine(model)
        engine.pause("model")
        assert (await read(engine, "model")).is_finished
        await engine.close()

    simulated(scene())


def test_the_time_of_a_download_does_not_count_as_waiting_for_memory() -> None:
    busy, model = FakeModel("busy", 8), _model(8)
    model.fetch_seconds = 100.0

    async def scene() -> None:
        engine = _engine(busy, model)
        waiting = asyncio.create_task(read(engine, "model"))
        for _ in range(30):
            asyncio.create_task(read(engine, "busy"))  # noqa: RUF006 - for as long as it takes
            await asyncio.sleep(4)
        received = await waiting
        assert received.started_at is not None
        assert received.started_at > 100
        assert ("memory", "Busy") in received.waited_for
        await engine.close()

    simulated(scene())


def test_a_download_that_fails_reports_why_and_the_next_run_tries_again() -> None:
    model = _model()
    failure = InferenceError(InferenceErrorCode.HUB_GATED, "gated", detail={"hub": "h"})

    async def scene() -> None:
        engine = _engine(model)
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(model, "fetch", _failing(failure))
            received = await read(engine, "model")
            assert received.error is failure
            assert engine.models()[0].state is ModelState.FAILED
            patched.setattr(model, "fetch", _failing(ValueError("a mistake")))
            received = await read(engine, "model")
            assert received.code is InferenceErrorCode.MODEL_FETCH_FAILED
        assert (await read(engine, "model")).is_finished
        await engine.close()

    simulated(scene())


def _failing(error: Exception) -> object:
    async def fetch(_: object) -> None:
        raise error

    return fetch
