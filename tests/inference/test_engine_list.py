"""The engine's list changes while it answers: every run ends once, and memory is given back."""

from __future__ import annotations

import asyncio

import pytest

from inference.engine import Engine
from inference.errors import InferenceError, InferenceErrorCode
from inference.model_memory.policy import MemoryPolicy
from inference.types import Download, ModelState
from tests.inference.fake_model import FakeModel, Memory
from tests.inference.recorded_run import RecordedRun, read
from tests.inference.simulated_loop import simulated

REMOVED = InferenceErrorCode.MODEL_REMOVED


def _engine(*models: FakeModel, limit: int = 10) -> Engine:
    return Engine(models, 64, memory=MemoryPolicy(limit))


def _ids(engine: Engine) -> list[str]:
    return [card.id for card in engine.models()]


def test_eight_answers_end_once_while_models_come_go_and_are_loaded() -> None:
    memory = Memory()
    first = FakeModel("first", 4, memory, slots=4)
    second = FakeModel("second", 4, memory, slots=4)

    async def scene() -> None:
        engine = _engine(first, second)
        received = [RecordedRun() for _ in range(8)]
        runs = [
            asyncio.create_task(read(engine, model, str(number), received[number]))
            for number, model in enumerate(["first", "second"] * 4)
        ]
        await asyncio.sleep(3.5)
        assert (first.open, second.open) == (4, 4)
        engine.add(FakeModel("third", 4, memory))
        engine.load("third")
        engine.set_default("third")
        await engine.remove("first")
        assert _ids(engine) == ["third", "second"]
        await asyncio.gather(*runs)
        assert [run.ends for run in received] == [1] * 8
        assert [run.code for run in received] == [REMOVED, None] * 4
        assert all(run.text.startswith("0 1 ") for run in received)
        assert received[0].error is not None
        assert received[0].error.detail == {"model": "First"}
        await asyncio.sleep(10)
        assert memory.used == 8
        assert engine.models()[0].state is ModelState.READY
        await engine.close()
        assert (memory.used, memory.most) == (0, 8)

    simulated(scene())


def test_waiting_runs_of_a_removed_model_end_once_too() -> None:
    model, other = FakeModel("model", slots=1), FakeModel("other")

    async def scene() -> None:
        engine = _engine(model, other)
        runs = [asyncio.create_task(read(engine, "model", str(n))) for n in range(3)]
        await asyncio.sleep(3)
        await engine.remove("model")
        received = await asyncio.gather(*runs)
        assert [(run.ends, run.code) for run in received] == [(1, REMOVED)] * 3
        assert (await read(engine, "model")).code is InferenceErrorCode.UNKNOWN_MODEL
        await engine.close()

    simulated(scene())


@pytest.mark.parametrize("moment", [0.5, 12.5])
def test_a_model_is_removed_while_it_is_downloaded_or_loaded(moment: float) -> None:
    memory = Memory()
    model = FakeModel("model", 4, memory, file=_file())
    model.load_seconds = 5.0

    async def scene() -> None:
        engine = _engine(model, FakeModel("other"))
        run = asyncio.create_task(read(engine, "model"))
        await asyncio.sleep(moment)
        await engine.remove("model")
        received = await run
        assert (received.ends, received.code, memory.used) == (1, REMOVED, 0)
        await asyncio.sleep(60)
        assert not model.is_loaded
        await engine.close()

    simulated(scene())


def test_removing_goes_on_where_who_asked_for_it_has_gone() -> None:
    memory = Memory()
    model = FakeModel("model", 4, memory)

    async def scene() -> None:
        engine = _engine(model, FakeModel("other"))
        await read(engine, "model")
        removing = asyncio.create_task(engine.remove("model"))
        await asyncio.sleep(0)
        removing.cancel()
        await asyncio.sleep(5)
        assert memory.used == 0
        await engine.close()

    simulated(scene())


def test_a_removed_model_frees_space_only_once_its_memory_is_free() -> None:
    memory = Memory()
    models = [FakeModel(name, 6, memory) for name in ("old", "new")]

    async def scene() -> None:
        engine = _engine(*models, FakeModel("other"))
        await read(engine, "old")
        removing = asyncio.create_task(engine.remove("old"))
        assert (await read(engine, "new")).is_finished
        await removing
        assert memory.most == 6
        await engine.close()

    simulated(scene())


def test_models_are_added_removed_and_closed_all_at_once() -> None:
    memory = Memory()

    async def scene() -> None:
        engine = _engine(*(FakeModel(f"m{n}", 2, memory) for n in range(4)))
        received = [RecordedRun() for _ in range(8)]
        runs = [
            asyncio.create_task(read(engine, f"m{n % 4}", str(n), received[n])) for n in range(8)
        ]
        await asyncio.sleep(3)
        removing = [asyncio.create_task(engine.remove(f"m{n}")) for n in (1, 2, 1)]
        engine.add(FakeModel("m1", 2, memory))
        await asyncio.sleep(0)
        await engine.close()
        ends = await asyncio.gather(*removing, return_exceptions=True)
        await asyncio.gather(*runs)
        assert [run.ends for run in received] == [1] * 8
        assert memory.used == 0
        assert [end for end in ends if end is not None]  # m1 was there only once
        with pytest.raises(InferenceError) as raised:
            engine.add(FakeModel("late"))
        assert raised.value.code is InferenceErrorCode.SHUTTING_DOWN
        others = {task for task in asyncio.all_tasks() if not task.done()}
        assert others == {asyncio.current_task()}

    simulated(scene())


def test_an_id_that_is_taken_gets_a_number_and_its_name_too() -> None:
    async def scene() -> None:
        engine = _engine(FakeModel("model"), FakeModel("model"))
        card = engine.add(FakeModel("model"))
        assert (card.id, card.name) == ("model-3", "Model (3)")
        assert _ids(engine) == ["model", "model-2", "model-3"]
        received = await read(engine, "model-3")
        assert received.is_finished
        assert [e.model for e in received.events if hasattr(e, "model")][-1] == "model-3"
        await engine.close()

    simulated(scene())


def test_the_default_may_go_and_the_last_may_not() -> None:
    async def scene() -> None:
        engine = _engine(FakeModel("a"), FakeModel("b"))
        await engine.remove("a")
        assert engine.default_model == "b"
        with pytest.raises(InferenceError) as raised:
            await engine.remove("b")
        assert raised.value.code is InferenceErrorCode.INVALID_REQUEST
        for change in (engine.remove("a"), engine.unload("a")):
            with pytest.raises(InferenceError) as raised:
                await change
            assert raised.value.code is InferenceErrorCode.UNKNOWN_MODEL
        with pytest.raises(InferenceError):
            engine.set_default("a")
        await engine.close()

    simulated(scene())


def test_watchers_get_every_change_of_the_list() -> None:
    async def scene() -> None:
        engine = _engine(FakeModel("a"), FakeModel("b"))
        watching = engine.watch()
        assert [card.id for card in await anext(watching)] == ["a", "b"]
        engine.add(FakeModel("c"))
        assert [card.id for card in await anext(watching)] == ["a", "b", "c"]
        engine.set_default("c")
        assert [card.id for card in await anext(watching)] == ["c", "a", "b"]
        removing = asyncio.create_task(engine.remove("a"))
        assert [card.id for card in await anext(watching)] == ["c", "b"]
        await removing
        await engine.close()

    simulated(scene())


def _file() -> Download:
    return Download(0, 1000)


@pytest.mark.parametrize("change", ["remove", "unload"])
def test_a_model_that_is_freed_after_a_crash_is_waited_for(change: str) -> None:
    memory = Memory()
    model = FakeModel("model", 6, memory)
    model.close_seconds = 5.0
    crash = InferenceError(InferenceErrorCode.MODEL_CRASHED, "crashed", retryable=True)

    async def scene() -> None:
        engine = _engine(model, FakeModel("next", 6, memory))
        run = asyncio.create_task(read(engine, "model"))
        await asyncio.sleep(3)
        model.crash(crash)
        assert (await run).error is crash
        await getattr(engine, change)("model")
        assert memory.used == 0
        assert (await read(engine, "next")).is_finished
        assert memory.most == 6
        await engine.close()

    simulated(scene())
