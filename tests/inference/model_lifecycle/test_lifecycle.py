"""A model that dies takes its runs with it, comes back by itself, and is given up in the end."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator

import pytest

from inference.backends.base import Report
from inference.engine import Engine
from inference.errors import InferenceError, InferenceErrorCode
from inference.events import (
    EngineEvent,
    GenerationEvent,
    GenerationFinished,
    QueuePosition,
    Started,
    TextDelta,
)
from inference.request.history import Fitted
from inference.restarts import Recovery
from inference.types import ChatMessage, GenerationRequest, ModelCard, ModelState, Usage
from tests.patience import PATIENCE

AT_ONCE = Recovery(restarts=2, delays=(0.0,))


def _error(code: InferenceErrorCode, *, retryable: bool = True) -> InferenceError:
    return InferenceError(code, "said the test", retryable=retryable)


CRASH = _error(InferenceErrorCode.MODEL_CRASHED)


class Mortal:
    """Two slots; a run emits one word and waits for `proceed`, or for the model's death."""

    def __init__(self) -> None:
        self.card = ModelCard("mortal", "Mortal", "mortal", slots=2)
        self.beats = 0
        self.loads: list[InferenceError | None] = []
        self.loaded = 0
        self.loadable = asyncio.Event()
        self.loadable.set()
        self.refuses: InferenceError | None = None
        self._ended = asyncio.Event()
        self._end: InferenceError | None = None

    def die(self, error: InferenceError) -> None:
        self._end = error
        self._ended.set()

    def answer(self) -> None:
        self._ended.set()

    async def fetch(self, report: Report) -> None:
        """There is no file."""

    async def load(self, report: Report) -> None:
        await asyncio.sleep(0)
        await self.loadable.wait()
        self.loaded += 1
        if self.loads and (error := self.loads.pop(0)):
            raise error
        self._end = None
        self._ended.clear()

    async def fit(self, request: GenerationRequest) -> Fitted:
        return Fitted(request)

    async def generate(self, request: GenerationRequest) -> AsyncGenerator[GenerationEvent, None]:
        if self.refuses is not None:
            raise self.refuses
        yield TextDelta("answer", "好")
        await self._ended.wait()
        if self._end is not None:
            raise self._end
        yield GenerationFinished("stop", Usage(1, 1))

    async def close(self) -> None:
        if not self._ended.is_set():
            self.die(_error(InferenceErrorCode.SHUTTING_DOWN))


@pytest.fixture
def mortal() -> Mortal:
    return Mortal()


def _ask(engine: Engine, owner: str = "a") -> AsyncGenerator[EngineEvent, None]:
    asked = (ChatMessage("user", "问"),)
    return engine.generate(GenerationRequest("r", "mortal", owner, asked))


async def _begun(engine: Engine, owner: str = "a") -> AsyncGenerator[EngineEvent, None]:
    """A run that has emitted its word."""
    events = _ask(engine, owner)
    async for event in events:
        if isinstance(event, TextDelta):
            break
    return events


async def _code(events: AsyncGenerator[EngineEvent, None]) -> InferenceErrorCode:
    with pytest.raises(InferenceError) as raised:
        async for _ in events:
            pass
    return raised.value.code


async def _until(engine: Engine, *states: ModelState) -> None:
    """The model goes through these states, in this order."""
    wanted = list(states)
    async for (card,) in engine.watch():
        if card.state is wanted[0]:
            wanted.pop(0)
        if not wanted:
            return


async def test_a_crash_ends_all_runs_and_who_waits_is_served_when_it_is_back(
    mortal: Mortal,
) -> None:
    engine = Engine([mortal], queue_length=4, recovery=AT_ONCE)
    runs = [await _begun(engine, owner) for owner in "ab"]
    waiting = _ask(engine, "c")
    assert await anext(waiting) == QueuePosition(1, None, "slot")
    mortal.loadable.clear()
    mortal.die(CRASH)
    assert [await _code(run) for run in runs] == [InferenceErrorCode.MODEL_CRASHED] * 2
    assert engine.models()[0].error is CRASH
    assert await anext(waiting) == QueuePosition(1, None, "model")
    mortal.loadable.set()
    assert await anext(waiting) == Started("mortal")
    mortal.answer()
    *_, end = [event async for event in waiting]
    assert isinstance(end, GenerationFinished)
    assert (mortal.loaded, engine.models()[0].error) == (2, None)
    await engine.close()


async def test_its_states_are_reported_and_the_crash_is_logged_once(
    mortal: Mortal, caplog: pytest.LogCaptureFixture
) -> None:
    engine = Engine([mortal], queue_length=4, recovery=Recovery(delays=(0.1,)))
    runs = [await _begun(engine, owner) for owner in "ab"]
    following = asyncio.create_task(
        _until(engine, ModelState.READY, ModelState.FAILED, ModelState.LOADING, ModelState.READY)
    )
    await asyncio.sleep(0)
    with caplog.at_level(logging.INFO):
        mortal.die(CRASH)
        for run in runs:
            await _code(run)
        await asyncio.wait_for(following, PATIENCE)
    assert [record.getMessage() for record in caplog.records] == [
        "model mortal crashed (number 1 lately): said the test; it is loaded again in 0.1 s"
    ]
    await engine.close()


async def test_it_is_given_up_with_the_numbers_and_the_next_run_tries_again(
    mortal: Mortal,
) -> None:
    engine = Engine([mortal], queue_length=4, recovery=Recovery(1, 5, delays=(0.0,)))
    for code in (InferenceErrorCode.MODEL_CRASHED, InferenceErrorCode.MODEL_GAVE_UP):
        run = await _begun(engine)
        mortal.die(CRASH)
        assert await _code(run) is code
    error = engine.models()[0].error
    assert error is not None
    assert error.code is InferenceErrorCode.MODEL_GAVE_UP
    assert error.detail == {"crashes": 2, "minutes": 5}
    assert not error.retryable
    async for _ in engine.watch():
        if engine._models["mortal"].lifecycle.has_failed:
            break
    run = await _begun(engine)
    mortal.answer()
    assert isinstance([event async for event in run][-1], GenerationFinished)
    await engine.close()


async def test_waiting_runs_end_when_it_is_given_up(mortal: Mortal) -> None:
    engine = Engine([mortal], queue_length=4, recovery=Recovery(restarts=0))
    runs = [await _begun(engine, owner) for owner in "ab"]
    waiting = _ask(engine, "c")
    await anext(waiting)
    mortal.die(CRASH)
    for run in runs:
        await _code(run)
    assert await _code(waiting) is InferenceErrorCode.MODEL_GAVE_UP
    await engine.close()


async def test_a_load_that_may_succeed_later_is_tried_again(mortal: Mortal) -> None:
    engine = Engine([mortal], queue_length=4, recovery=AT_ONCE)
    run = await _begun(engine)
    mortal.loads = [_error(InferenceErrorCode.MODEL_STUCK)]
    mortal.die(CRASH)
    await _code(run)
    assert await _begun(engine)
    assert mortal.loaded == 3
    await engine.close()


async def test_a_load_that_cannot_succeed_is_not(mortal: Mortal) -> None:
    engine = Engine([mortal], queue_length=4, recovery=AT_ONCE)
    run = await _begun(engine)
    mortal.loads = [_error(InferenceErrorCode.MODEL_FILE_MISSING, retryable=False)]
    mortal.die(CRASH)
    await _code(run)
    assert await _code(_ask(engine)) is InferenceErrorCode.MODEL_FILE_MISSING
    await engine.close()


async def test_a_mistake_while_loading_fails_it(
    mortal: Mortal, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def load(report: Report) -> None:
        raise KeyError("a mistake")

    monkeypatch.setattr(mortal, "load", load)
    engine = Engine([mortal], queue_length=4)
    assert await _code(_ask(engine)) is InferenceErrorCode.MODEL_LOAD_FAILED
    await engine.close()


async def test_a_model_that_hangs_ends_its_runs_and_comes_back(mortal: Mortal) -> None:
    recovery = Recovery(stall_seconds=0.1, delays=(0.0,))
    engine = Engine([mortal], queue_length=4, recovery=recovery)
    assert await _code(_ask(engine)) is InferenceErrorCode.MODEL_STALLED
    run = await _begun(engine)
    mortal.answer()
    assert isinstance([event async for event in run][-1], GenerationFinished)
    await engine.close()


async def test_runs_that_fail_one_after_the_other_without_a_word_are_the_models_failure(
    mortal: Mortal,
) -> None:
    """As those of a graphics card do that has lost its memory."""
    engine = Engine([mortal], queue_length=4, recovery=AT_ONCE)
    mortal.refuses = _error(InferenceErrorCode.BACKEND_FAILED)
    failed = InferenceErrorCode.BACKEND_FAILED
    crashed = InferenceErrorCode.MODEL_CRASHED
    assert [await _code(_ask(engine)) for _ in range(3)] == [failed, failed, crashed]
    mortal.refuses = None
    assert await _begun(engine)
    assert mortal.loaded == 2
    await engine.close()


async def test_a_word_between_them_shows_that_they_are_not(mortal: Mortal) -> None:
    engine = Engine([mortal], queue_length=4, recovery=AT_ONCE)
    for refused in (True, True, False, True, True):
        mortal.refuses = _error(InferenceErrorCode.BACKEND_FAILED) if refused else None
        if refused:
            await _code(_ask(engine))
        else:
            await (await _begun(engine)).aclose()
    assert mortal.loaded == 1
    await engine.close()


async def test_closing_while_it_comes_back_leaves_nothing(mortal: Mortal) -> None:
    engine = Engine([mortal], queue_length=4)
    run = await _begun(engine)
    mortal.die(CRASH)
    await _code(run)
    await asyncio.wait_for(engine.close(), PATIENCE)
    assert mortal.loaded == 1
    assert {task for task in asyncio.all_tasks() if not task.done()} == {asyncio.current_task()}


async def test_a_reload_that_breaks_unforeseen_is_a_failure_that_the_next_load_mends(
    mortal: Mortal, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = Engine([mortal], queue_length=4, recovery=AT_ONCE)
    run = await _begun(engine)

    async def broken() -> None:
        raise RuntimeError("closing failed")

    with monkeypatch.context() as patched:
        patched.setattr(mortal, "close", broken)
        mortal.die(CRASH)
        assert await _code(run) is InferenceErrorCode.MODEL_CRASHED
        async for (card,) in engine.watch():
            if card.error and card.error.code is InferenceErrorCode.MODEL_LOAD_FAILED:
                break
    again = await _begun(engine)
    await again.aclose()
    await engine.close()
