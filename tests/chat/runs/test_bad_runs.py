"""One run that cannot begin, go on or be read never affects another, and has one end."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio

from chat.errors import ErrorCode
from chat.models import Run
from chat.protocol import Send
from chat.run_events import Delta, Ended, Numbered
from chat.runs import requests
from chat.runs.opener import Policy
from chat.service import Actor, ChatService
from chat.store import Turn, Work, in_database, load_run
from inference import ChatMessage, Engine, GenerationRequest
from inference.backends.scenarios import SCENARIOS, Line, Scenario
from inference.backends.scripted import ScriptedBackend

ALICE = Actor("alice", "phone")


def _odd(messages: tuple[ChatMessage, ...]) -> Iterator[Line]:
    yield Line("answer", "坏 \ud83d\0")
    yield Line("answer", "\ude00")


def _service() -> ChatService:
    scenarios = [*SCENARIOS.values(), Scenario("odd", "odd \ud83d", _odd)]
    backends = [ScriptedBackend(one, slots=2, tempo=0.02) for one in scenarios]
    return ChatService(Engine(backends, queue_length=4), Policy("", 8, 64))


@pytest_asyncio.fixture
async def service(transactional_db: None) -> AsyncIterator[ChatService]:
    made = _service()
    await made.start()
    yield made
    await made.close()


async def _send(
    service: ChatService, model: str, key: str, conversation: str | None = None
) -> Turn:
    return await service.send(ALICE, Send(key, key, conversation, model=f"scripted/{model}"))


async def _events(service: ChatService, run: str) -> list[object]:
    reading = await service.attach(run, 0, None)
    return [event.event async for event in reading.events if isinstance(event, Numbered)]


async def _text(service: ChatService, run: str) -> str:
    return "".join(e.text for e in await _events(service, run) if isinstance(e, Delta))


def _break(monkeypatch: pytest.MonkeyPatch, bad: str) -> None:
    """No request can be built of the question `bad`."""
    build = requests.build

    def broken(work: Work, system_prompt: str, prompt_tokens: int) -> GenerationRequest:
        if work.path[-1].content == bad:
            raise RuntimeError("nobody foresaw this")
        return build(work, system_prompt, prompt_tokens)

    monkeypatch.setattr(requests, "build", broken)


async def test_a_model_that_says_half_a_character_or_nul_is_stored_like_any_other(
    service: ChatService,
) -> None:
    odd = await _send(service, "odd", "1")
    good = await _send(service, "plain", "2")
    assert await _text(service, odd.run) == "坏 \ufffd\ufffd\ufffd"
    assert "2" in await _text(service, good.run)
    for turn in (odd, good):
        stored = await in_database(load_run, turn.run)
        assert stored is not None
        assert stored.end is not None
        assert stored.end.status == "completed"


async def test_a_waiting_run_that_cannot_begin_ends_once_and_the_next_goes_on(
    service: ChatService, monkeypatch: pytest.MonkeyPatch
) -> None:
    _break(monkeypatch, "bad")
    first = await _send(service, "endless", "1")
    bad = await _send(service, "plain", "bad", first.conversation)
    good = await _send(service, "plain", "good", first.conversation)
    await service.stop(first.run)
    (end,) = await _events(service, bad.run)
    assert isinstance(end, Ended)
    assert end.status == "failed"
    assert end.failure is not None
    assert end.failure.code is ErrorCode.INTERNAL
    assert "good" in await _text(service, good.run)


async def test_a_run_left_that_cannot_go_on_keeps_no_other_from_it(
    service: ChatService, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = await _send(service, "endless", "bad")
    good = await _send(service, "slow", "good")
    await service.close()
    _break(monkeypatch, "bad")
    again = _service()
    await again.start()
    (end,) = [one for one in await _events(again, bad.run) if isinstance(one, Ended)]
    assert (end.status, end.failure is not None) == ("failed", True)
    assert [run.key.run for run in again._opener.runs.live()] == [good.run]
    await again.close()


async def test_a_start_that_failed_is_tried_again(
    transactional_db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    service = _service()

    async def broken() -> None:
        raise RuntimeError("nobody foresaw this")

    with monkeypatch.context() as patched:
        patched.setattr(service._opener, "take_up_leftovers", broken)
        with pytest.raises(RuntimeError):
            await service.start()
    await service.start()
    assert await in_database(Run.objects.count) == 0
    await service.close()
