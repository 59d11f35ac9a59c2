"""One run that cannot begin, go on or be read never affects another, and has one end."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from pathlib import Path

import pytest
import pytest_asyncio
from django.db import DatabaseError

from chat import store
from chat.actor import Actor
from chat.errors import ChatError, ErrorCode
from chat.models import Run
from chat.run_events import Numbered, RunEnded, TextDelta
from chat.runs import requests
from chat.runs.journal.journal import FileJournal
from chat.runs.policy import Policy
from chat.service import ChatService
from chat.store import Checkpoint, Revision, Turn, Work, in_database, load_run
from chat.store.server import remember_journal, server_and_journal
from chat.wire.protocol import Send
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
    reading = await service.attach(ALICE, run, 0, None)
    return [event.event async for event in reading.events if isinstance(event, Numbered)]


async def _text(service: ChatService, run: str) -> str:
    return "".join(e.text for e in await _events(service, run) if isinstance(e, TextDelta))


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
    await service.stop(ALICE, first.run)
    (end,) = await _events(service, bad.run)
    assert isinstance(end, RunEnded)
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
    (end,) = [one for one in await _events(again, bad.run) if isinstance(one, RunEnded)]
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


async def test_a_start_that_failed_late_takes_nothing_up_twice(
    transactional_db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = _service()
    await first.start()
    turn = await _send(first, "slow", "1")
    await first.close()
    again = _service()

    def broken() -> None:
        raise RuntimeError("nobody foresaw this")

    with monkeypatch.context() as patched:
        patched.setattr(again._engine, "load_default", broken)
        with pytest.raises(RuntimeError):
            await again.start()
    (run,) = again._opener.runs.live()
    task = run.task
    await again.start()
    assert [one.task for one in again._opener.runs.live()] == [task]
    assert turn.run == run.key.run
    await again.close()


async def test_a_run_that_can_neither_go_on_nor_end_stops_no_start(
    service: ChatService, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = await _send(service, "slow", "bad")
    good = await _send(service, "slow", "good")
    await service.close()
    _break(monkeypatch, "bad")
    save = store.save

    def refusing(checkpoints: Sequence[Checkpoint], ends: Mapping[str, RunEnded]) -> list[Revision]:
        if bad.run in ends:
            raise DatabaseError("not this one")
        return save(checkpoints, ends)

    monkeypatch.setattr(store, "save", refusing)
    again = _service()
    await again.start()
    assert [run.key.run for run in again._opener.runs.live()] == [good.run]
    await again.close()


async def test_a_close_before_a_start_leaves_what_is_left_to_the_journal_it_is_in(
    transactional_db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await in_database(server_and_journal)
    await in_database(remember_journal, "before")
    (tmp_path / "before-000001.journal").touch()
    service = ChatService(_service()._engine, Policy("", 8, 64), FileJournal(tmp_path, 1 << 20))
    await service.close()

    def locked(*_: object) -> None:
        raise DatabaseError("database is locked")

    with monkeypatch.context() as patched:
        patched.setattr(store, "take_up_leftovers", locked)
        with pytest.raises(ChatError):
            await service.start()
    await service.close()
    assert (await in_database(server_and_journal))[1] == "before"
    assert (tmp_path / "before-000001.journal").exists()
