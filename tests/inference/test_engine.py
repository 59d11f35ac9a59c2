"""Admission, loading and failure, with a backend that a test controls."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from dataclasses import replace

import pytest
import pytest_asyncio

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
from inference.queueing.admission import OwnerShare
from inference.request.history import Fitted
from inference.types import ChatMessage, GenerationRequest, ModelCard, ModelState, Timings, Usage

BROKEN = InferenceError(InferenceErrorCode.MODEL_FILE_MISSING, "gone")


class Puppet:
    """One slot; loads when `loadable` is set, answers when `answer` is set."""

    def __init__(self) -> None:
        self.card = ModelCard("puppet", "Puppet", "puppet", slots=1)
        self.loadable = asyncio.Event()
        self.answer = asyncio.Event()
        self.failure: InferenceError | None = None
        self.open = 0
        self.dropped_turns = 0
        self.working = asyncio.Event()
        self.closed = False
        self.beats = 0

    async def fetch(self, report: Report) -> None:
        """There is no file."""

    async def load(self, report: Report) -> None:
        report(ModelState.FETCHING, 0.5)
        await self.loadable.wait()
        if self.failure is not None:
            raise self.failure

    async def fit(self, request: GenerationRequest) -> Fitted:
        return Fitted(request, dropped_turns=self.dropped_turns)

    async def generate(self, request: GenerationRequest) -> AsyncGenerator[GenerationEvent, None]:
        self.open += 1
        self.working.set()
        assert self.open <= self.card.slots
        try:
            await self.answer.wait()
            yield TextDelta("answer", "好")
            yield GenerationFinished("stop", Usage(1, 1))
        finally:
            self.open -= 1

    async def close(self) -> None:
        self.closed = True


@pytest.fixture
def puppet() -> Puppet:
    return Puppet()


@pytest_asyncio.fixture
async def engine(puppet: Puppet) -> AsyncIterator[Engine]:
    made = Engine([puppet], queue_length=2)
    yield made
    await made.close()


def _request(
    owner: str = "a", model: str = "puppet", *, background: bool = False
) -> GenerationRequest:
    asked = (ChatMessage("user", "问"),)
    return GenerationRequest("r", model, owner, asked, background=background)


async def _run(engine: Engine, owner: str = "a", *, background: bool = False) -> list[EngineEvent]:
    request = _request(owner, background=background)
    return [event async for event in engine.generate(request)]


async def test_a_run_before_the_model_is_ready_waits_for_it(engine: Engine, puppet: Puppet) -> None:
    events = engine.generate(_request())
    assert await anext(events) == QueuePosition(1, None, "model")
    puppet.loadable.set()
    puppet.answer.set()
    rest = [event async for event in events]
    assert rest[:2] == [Started("puppet"), TextDelta("answer", "好")]
    assert isinstance(rest[2], GenerationFinished)
    assert rest[2].timings is not None


async def test_a_failed_load_fails_who_waits_and_the_next_run_tries_again(
    engine: Engine, puppet: Puppet
) -> None:
    puppet.failure = BROKEN
    puppet.loadable.set()
    with pytest.raises(InferenceError) as raised:
        await _run(engine)
    assert raised.value is BROKEN
    assert engine.models()[0].state is ModelState.FAILED
    puppet.failure = None
    puppet.answer.set()
    assert isinstance((await _run(engine))[-1], GenerationFinished)


async def test_a_queue_position_is_sent_again_when_it_changes(
    engine: Engine, puppet: Puppet
) -> None:
    puppet.loadable.set()
    first = asyncio.create_task(_run(engine))
    await puppet.working.wait()
    second, third = engine.generate(_request("b")), engine.generate(_request("c"))
    assert await anext(second) == QueuePosition(1, None, "slot")
    assert await anext(third) == QueuePosition(2, None, "slot")
    puppet.answer.set()
    await first
    assert await anext(second) == Started("puppet")
    place = await anext(third)
    assert isinstance(place, QueuePosition)
    assert place.position == 1
    assert place.eta_seconds is not None
    await second.aclose()
    assert await anext(third) == Started("puppet")
    await third.aclose()


async def test_a_full_line_is_overloaded_with_a_time_to_retry(
    engine: Engine, puppet: Puppet
) -> None:
    waiting = [asyncio.create_task(_run(engine, owner)) for owner in "ab"]
    await asyncio.sleep(0)
    with pytest.raises(InferenceError) as raised:
        await _run(engine, "c")
    assert raised.value.code is InferenceErrorCode.OVERLOADED
    assert raised.value.retryable
    assert int(raised.value.detail["seconds"]) > 0
    for task in waiting:
        task.cancel()
    await asyncio.wait(waiting)


async def test_one_owners_line_is_limited(puppet: Puppet) -> None:
    engine = Engine([puppet], queue_length=9, share=OwnerShare(waiting=2))
    mine = [asyncio.create_task(_run(engine, "heavy")) for _ in range(2)]
    await asyncio.sleep(0)
    with pytest.raises(InferenceError) as raised:
        await _run(engine, "heavy")
    assert raised.value.code is InferenceErrorCode.OVERLOADED
    light = engine.generate(_request("light"))
    assert await anext(light) == QueuePosition(2, None, "model")
    await light.aclose()
    await engine.close()
    for failure in await asyncio.gather(*mine, return_exceptions=True):
        assert isinstance(failure, InferenceError)


async def test_what_did_not_fit_is_reported_at_the_start(engine: Engine, puppet: Puppet) -> None:
    puppet.dropped_turns = 3
    puppet.loadable.set()
    puppet.answer.set()
    assert Started("puppet", dropped_turns=3) in await _run(engine)


async def test_a_quarter_of_the_slots_is_kept_for_others(puppet: Puppet) -> None:
    puppet.card = replace(puppet.card, slots=4)
    engine = Engine([puppet], queue_length=20)
    puppet.loadable.set()
    heavy = [asyncio.create_task(_run(engine, "heavy")) for _ in range(5)]
    await puppet.working.wait()
    await asyncio.sleep(0)
    assert puppet.open == 3
    light = engine.generate(_request("light"))
    assert await anext(light) == Started("puppet")
    puppet.answer.set()
    await light.aclose()
    assert len(await asyncio.gather(*heavy)) == 5
    await engine.close()


async def test_an_owner_with_all_its_slots_gets_the_time_until_one_of_them_is_free(
    puppet: Puppet,
) -> None:
    puppet.card = replace(puppet.card, slots=4)
    engine = Engine([puppet], queue_length=20)
    engine._models["puppet"].runs.throughput.observe(Usage(1, 1), Timings(0.0, 1.0, 1.0, None))
    puppet.loadable.set()
    heavy = [asyncio.create_task(_run(engine, "heavy")) for _ in range(3)]
    await puppet.working.wait()
    await asyncio.sleep(0)
    events = engine.generate(_request("heavy"))
    place = await anext(events)
    assert isinstance(place, QueuePosition)
    assert place.position == 1
    assert (place.eta_seconds or 0.0) > 1
    await events.aclose()
    puppet.answer.set()
    await asyncio.gather(*heavy)
    await engine.close()


async def test_background_work_waits_until_no_person_does(puppet: Puppet) -> None:
    engine = Engine([puppet], queue_length=9)
    began: list[str] = []

    async def ask(owner: str, *, background: bool) -> None:
        request = _request(owner, background=background)
        async for event in engine.generate(request):
            if isinstance(event, Started):
                began.append(owner)

    title = asyncio.create_task(ask("title", background=True))
    await asyncio.sleep(0)
    person = asyncio.create_task(ask("person", background=False))
    await asyncio.sleep(0)
    puppet.loadable.set()
    puppet.answer.set()
    await asyncio.gather(title, person)
    assert began == ["person", "title"]
    await engine.close()


async def test_closing_a_run_frees_its_slot(engine: Engine, puppet: Puppet) -> None:
    puppet.loadable.set()
    first = asyncio.create_task(_run(engine))
    second = asyncio.create_task(_run(engine, "b"))
    await puppet.working.wait()
    first.cancel()
    await asyncio.wait({first})
    puppet.answer.set()
    assert isinstance((await second)[-1], GenerationFinished)


async def test_closing_a_queued_run_takes_it_out_of_the_line(engine: Engine) -> None:
    events = [engine.generate(_request(owner)) for owner in "ab"]
    for waiting in events:
        await anext(waiting)
    await events[0].aclose()
    assert await anext(events[1]) == QueuePosition(1, None, "model")
    await events[1].aclose()


async def test_an_unknown_model_names_what_there_is(engine: Engine) -> None:
    with pytest.raises(InferenceError) as raised:
        await anext(engine.generate(_request(model="nonsense")))
    assert raised.value.code is InferenceErrorCode.UNKNOWN_MODEL
    assert "puppet" in raised.value.message


async def test_watchers_see_every_state_a_model_stays_in(engine: Engine, puppet: Puppet) -> None:
    watching = engine.watch()
    assert (await anext(watching))[0].state is ModelState.ABSENT
    engine.load_default()
    await asyncio.sleep(0)
    assert (await anext(watching))[0].progress == 0.5
    puppet.loadable.set()
    while (await anext(watching))[0].state is not ModelState.READY:
        pass


async def test_closing_the_engine_refuses_who_waits(puppet: Puppet) -> None:
    engine = Engine([puppet], queue_length=2)
    waiting = asyncio.create_task(_run(engine))
    await asyncio.sleep(0)
    await engine.close()
    with pytest.raises(InferenceError) as raised:
        await waiting
    assert raised.value.code is InferenceErrorCode.SHUTTING_DOWN
    assert puppet.closed
    with pytest.raises(InferenceError):
        await _run(engine)


def test_an_engine_without_models_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="at least one model"):
        Engine([], queue_length=1)
