"""Which models the engine keeps in memory, on a clock that jumps."""

from __future__ import annotations

import asyncio

import pytest

from inference.engine import Engine
from inference.errors import InferenceError, InferenceErrorCode
from inference.model_memory.policy import MemoryPolicy
from inference.types import ModelState
from tests.inference.fake_model import FakeModel, Memory
from tests.inference.recorded_run import RecordedRun, read
from tests.inference.simulated_loop import simulated

GB = 1_000_000_000


def _engine(*models: FakeModel, limit: int = 10 * GB, **policy: float) -> Engine:
    return Engine(models, queue_length=64, memory=MemoryPolicy(limit, **policy))


def _states(engine: Engine) -> dict[str, ModelState]:
    return {card.id: card.state for card in engine.models()}


def test_two_models_that_fit_are_loaded_at_once() -> None:
    memory = Memory()
    models = [FakeModel(name, 4 * GB, memory) for name in ("a", "b")]

    async def scene() -> None:
        engine = _engine(*models)
        received = await asyncio.gather(read(engine, "a"), read(engine, "b"))
        assert all(run.is_finished for run in received)
        assert memory.used == 8 * GB
        assert [model.loads for model in models] == [1, 1]
        await engine.close()
        assert memory.used == 0

    simulated(scene())


def test_the_idle_model_used_longest_ago_is_evicted() -> None:
    memory = Memory()
    models = [FakeModel(name, 4 * GB, memory) for name in ("a", "b", "c")]

    async def scene() -> None:
        engine = _engine(*models)
        for name in ("a", "b", "a", "c"):
            await asyncio.sleep(1)
            assert (await read(engine, name)).is_finished
        loaded, unloaded = ModelState.READY, ModelState.UNLOADED
        assert _states(engine) == {"a": loaded, "b": unloaded, "c": loaded}
        assert memory.most == 8 * GB
        await engine.close()

    simulated(scene())


def test_a_run_waits_for_the_answers_of_the_model_in_memory_and_gets_its_name() -> None:
    memory = Memory()
    first, second = (FakeModel(name, 6 * GB, memory) for name in ("first", "second"))

    async def scene() -> None:
        engine = _engine(first, second)
        running = asyncio.create_task(read(engine, "first"))
        await asyncio.sleep(2)
        received = await read(engine, "second")
        assert ("memory", "First") in received.waited_for
        assert received.is_finished
        assert (await running).is_finished
        assert memory.most == 6 * GB
        await engine.close()

    simulated(scene())


async def _keep_asking(engine: Engine, model: str, until: float) -> list[RecordedRun]:
    """As somebody does who sends the next question as soon as the answer is there."""
    received = []
    while asyncio.get_running_loop().time() < until:
        received.append(await read(engine, model))
    return received


def test_a_busy_model_admits_no_more_after_another_has_waited_and_gets_its_turn_again() -> None:
    memory = Memory()
    busy, other = (FakeModel(name, 6 * GB, memory) for name in ("busy", "other"))

    async def scene() -> None:
        engine = _engine(busy, other, yield_seconds=60)
        asking = [asyncio.create_task(_keep_asking(engine, "busy", 400)) for _ in range(6)]
        await asyncio.sleep(10)
        received = await read(engine, "other")
        assert received.is_finished
        assert received.started_at is not None
        assert 70 <= received.started_at <= 80
        assert ("memory", "Busy") in received.waited_for
        answers = [run for runs in await asyncio.gather(*asking) for run in runs]
        assert all(run.is_finished for run in answers)
        assert any(("memory", "Other") in run.waited_for for run in answers)
        assert memory.most == 6 * GB
        await engine.close()

    simulated(scene())


def test_busy_models_take_turns_and_neither_waits_for_ever() -> None:
    memory = Memory()
    models = [FakeModel(name, 6 * GB, memory) for name in ("a", "b", "c")]

    async def scene() -> None:
        engine = _engine(*models, yield_seconds=60)
        asking = [
            asyncio.create_task(_keep_asking(engine, model.card.id, 1000))
            for model in models
            for _ in range(4)
        ]
        received = [await runs for runs in asking]
        starts = [run.started_at for runs in received for run in runs]
        assert all(run.is_finished for runs in received for run in runs)
        assert all(len(runs) > 4 for runs in received)
        assert None not in starts
        assert all(5 <= model.loads <= 7 for model in models)  # of 1000 seconds, 60 a turn
        await engine.close()

    simulated(scene())


def test_what_waited_first_is_loaded_first() -> None:
    memory = Memory()
    models = [FakeModel(name, 6 * GB, memory) for name in ("busy", "early", "late")]

    async def scene() -> None:
        engine = _engine(*models)
        running = asyncio.create_task(read(engine, "busy"))
        await asyncio.sleep(2)
        early = asyncio.create_task(read(engine, "early"))
        await asyncio.sleep(1)
        late = asyncio.create_task(read(engine, "late"))
        first, second = (await early).started_at, (await late).started_at
        assert first is not None
        assert second is not None
        assert first < second
        await running
        await engine.close()

    simulated(scene())


def test_none_is_evicted_for_a_run_that_was_stopped_while_it_waited() -> None:
    busy, other = FakeModel("busy", 6 * GB), FakeModel("other", 6 * GB)

    async def scene() -> None:
        engine = _engine(busy, other)
        running = asyncio.create_task(read(engine, "busy"))
        await asyncio.sleep(2)
        waiting = asyncio.create_task(read(engine, "other"))
        await asyncio.sleep(1)
        waiting.cancel()
        await running
        await asyncio.sleep(100)
        assert (busy.is_loaded, other.loads) == (True, 0)
        await engine.close()

    simulated(scene())


def test_a_model_that_fails_to_load_reports_why_and_the_one_before_comes_back() -> None:
    memory = Memory()
    old, new = FakeModel("old", 6 * GB, memory), FakeModel("new", 6 * GB, memory)
    new.failure = InferenceError(InferenceErrorCode.MODEL_LOAD_FAILED, "broken")

    async def scene() -> None:
        engine = _engine(old, new)
        await read(engine, "old")
        received = await read(engine, "new")
        assert received.code is InferenceErrorCode.MODEL_LOAD_FAILED
        await asyncio.sleep(5)
        assert _states(engine) == {"old": ModelState.READY, "new": ModelState.FAILED}
        assert memory.used == 6 * GB
        assert (await read(engine, "old")).is_finished
        new.failure = None
        assert (await read(engine, "new")).is_finished
        await engine.close()

    simulated(scene())


def test_a_model_too_large_is_refused_at_once_and_the_largest_that_fits_is_named() -> None:
    models = [
        FakeModel("small", GB),
        FakeModel("middle", 4 * GB),
        FakeModel("large", 47 * GB // 10),
    ]

    async def scene() -> None:
        engine = _engine(*models, limit=4 * GB)
        received = await read(engine, "large")
        assert received.code is InferenceErrorCode.SMALLER_MODEL_FITS
        assert received.error is not None
        assert received.error.detail == {
            "model": "Large",
            "needed": "4.7 GB",
            "free": "4.0 GB",
            "smaller": "Middle",
        }
        assert received.events == []
        with pytest.raises(InferenceError):
            engine.load("large")
        assert (await read(engine, "middle")).is_finished
        await engine.close()

    simulated(scene())


def test_where_none_would_fit_that_is_reported_also_on_the_card_of_the_default() -> None:
    async def scene() -> None:
        engine = _engine(FakeModel("only", 2 * GB), limit=310_000_000)
        engine.load_default()
        await asyncio.sleep(1)
        error = engine.models()[0].error
        assert error is not None
        assert error.code is InferenceErrorCode.MODEL_TOO_LARGE
        assert error.detail == {"model": "Only", "needed": "2.0 GB", "free": "310 MB"}
        assert (await read(engine, "only")).code is InferenceErrorCode.MODEL_TOO_LARGE
        await engine.close()

    simulated(scene())


def test_models_whose_memory_is_not_known_neither_wait_nor_make_others_wait() -> None:
    remote, local = FakeModel("remote"), FakeModel("local", 6 * GB)

    async def scene() -> None:
        engine = _engine(local, remote, limit=6 * GB)
        received = await asyncio.gather(read(engine, "local"), read(engine, "remote"))
        assert all(run.is_finished for run in received)
        assert all(wait == ("model", "") for run in received for wait in run.waited_for)
        assert local.is_loaded
        assert remote.is_loaded
        await engine.close()

    simulated(scene())


def test_an_idle_model_is_unloaded_after_its_minutes_and_the_default_is_not() -> None:
    memory = Memory()
    default, other = FakeModel("default", GB, memory), FakeModel("other", 2 * GB, memory)

    async def scene() -> None:
        engine = _engine(default, other, unload_minutes=10)
        await asyncio.gather(read(engine, "default"), read(engine, "other"))
        await asyncio.sleep(590)
        assert memory.used == 3 * GB
        assert (await read(engine, "other")).is_finished
        await asyncio.sleep(590)
        assert other.is_loaded
        await asyncio.sleep(30)
        assert memory.used == GB
        assert (await read(engine, "other")).is_finished
        assert (default.loads, other.loads) == (1, 2)
        await engine.close()

    simulated(scene())


def test_a_model_can_be_unloaded_unless_it_answers() -> None:
    memory = Memory()
    model = FakeModel("model", GB, memory)

    async def scene() -> None:
        engine = _engine(model)
        running = asyncio.create_task(read(engine, "model"))
        await asyncio.sleep(3)
        with pytest.raises(InferenceError) as raised:
            await engine.unload("model")
        assert raised.value.code is InferenceErrorCode.MODEL_IN_USE
        assert raised.value.detail == {"model": "Model"}
        await running
        await engine.unload("model")
        assert (memory.used, _states(engine)["model"]) == (0, ModelState.UNLOADED)
        engine.load("model")
        await engine.unload("model")
        await asyncio.sleep(10)
        assert memory.used == 0
        assert (await read(engine, "model")).is_finished
        await engine.close()

    simulated(scene())


def test_a_mistake_in_the_decision_is_logged_and_the_next_one_is_made(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = FakeModel("model", GB)

    async def scene() -> None:
        engine = _engine(model)
        with monkeypatch.context() as patched:
            patched.setattr("inference.residency.residency.decide", lambda *_, **__: 1 / 0)
            waiting = asyncio.create_task(read(engine, "model"))
            await asyncio.sleep(1)
        assert (await waiting).is_finished
        assert "could not be decided" in caplog.text
        await engine.close()

    simulated(scene())
