"""Answers that are continued after their end: stopped ones, and those at their length limit."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
import pytest_asyncio

from chat.actor import Actor
from chat.changes import watch
from chat.errors import ChatError, ErrorCode
from chat.models import Message, Run
from chat.run_events import Numbered, RunEnded, TextDelta, TextSnapshot
from chat.runs.policy import Policy
from chat.runs.reading import ReaderEvent
from chat.service import ChatService
from chat.store import Turn, in_database
from chat.wire.protocol import Options, Send
from inference.backends.bounded import BoundedBackend
from inference.backends.scenarios import SCENARIOS
from inference.backends.scripted import ScriptedBackend
from inference.engine import Engine
from inference.request.bounds import Bounds

ALICE = Actor("alice", "phone")
NUMBERS = "".join(f"{n} 个数字，还没有数完，" for n in range(1, 999))


async def _started(limit: int = 0, *, resumable: bool = True) -> ChatService:
    backends = [
        ScriptedBackend(SCENARIOS[name], slots=2, context_tokens=1 << 40, tempo=0.02)
        for name in ("endless", "plain", "loop")
    ]
    for backend in backends:
        backend.card = replace(backend.card, resumable=resumable)
    bounded = [BoundedBackend(backend, Bounds(limit)) for backend in backends]
    service = ChatService(Engine(bounded, queue_length=4), Policy("", 8, 64))
    await service.start()
    return service


@pytest_asyncio.fixture
async def service(transactional_db: None) -> AsyncIterator[ChatService]:
    made = await _started()
    yield made
    await made.close()


async def _ask(service: ChatService, model: str = "endless", tokens: int | None = None) -> Turn:
    options = Options(max_new_tokens=tokens)
    return await service.send(ALICE, Send("x", "数", model=f"scripted/{model}", options=options))


async def _text_of(service: ChatService, run: str, epoch: int) -> tuple[str, RunEnded]:
    """All that a reader of an earlier epoch is told, and the end."""
    text, end = "", None
    reading = await service.attach(ALICE, run, 0, 1)
    assert reading.epoch == epoch
    async for event in reading.events:
        text, end = _read(event, text), _end(event)
    assert end is not None
    return text, end


def _read(event: ReaderEvent, text: str) -> str:
    match event:
        case TextSnapshot():
            return event.answer
        case Numbered(_, TextDelta("answer", part)):
            return text + part
    return text


def _end(event: ReaderEvent) -> RunEnded | None:
    return (
        event.event if isinstance(event, Numbered) and isinstance(event.event, RunEnded) else None
    )


async def _stopped(service: ChatService) -> tuple[Turn, str]:
    turn = await _ask(service)
    async for event in (await service.attach(ALICE, turn.run, 0, None)).events:
        if isinstance(event, Numbered) and event.seq >= 3:
            break
    await service.stop(ALICE, turn.run)
    return turn, (await in_database(Message.objects.get, pk=turn.message)).content


async def test_a_stopped_answer_goes_on_from_its_text_in_a_new_epoch(service: ChatService) -> None:
    turn, before = await _stopped(service)
    await service.resume(ALICE, turn.run)
    reading = await service.attach(ALICE, turn.run, 3, 1)
    first = await anext(reading.events)
    assert isinstance(first, TextSnapshot)
    assert (first.epoch, first.answer) == (2, before)
    text = first.answer
    async for event in reading.events:
        text = _read(event, text)
        if len(text) > len(before) + 50:
            break
    assert NUMBERS.startswith(text)


async def test_an_answer_at_its_length_limit_gets_as_many_tokens_again(
    service: ChatService,
) -> None:
    turn = await _ask(service, tokens=20)
    before, _ = await _text_of(service, turn.run, 1)
    for epoch, tokens in ((2, 40), (3, 60)):
        await service.resume(ALICE, turn.run)
        text, end = await _text_of(service, turn.run, epoch)
        assert text.startswith(before)
        assert len(text) > len(before)
        assert NUMBERS.startswith(text)
        assert end.finish_reason == "length"
        assert end.usage is not None
        assert end.usage.completion_tokens == tokens
        before = text


async def test_the_servers_own_limit_is_counted_anew(transactional_db: None) -> None:
    service = await _started(limit=20)
    turn = await _ask(service)
    before, _ = await _text_of(service, turn.run, 1)
    await service.resume(ALICE, turn.run)
    text, end = await _text_of(service, turn.run, 2)
    assert text.startswith(before)
    assert len(text) > len(before)
    assert end.finish_reason == "length"
    await service.close()


async def test_a_fresh_allowance_holds_in_the_next_process(transactional_db: None) -> None:
    before = await _started()
    turn = await _ask(before, tokens=60)
    await _text_of(before, turn.run, 1)
    await before.resume(ALICE, turn.run)
    await before.close()
    after = await _started()
    text, end = await _text_of(after, turn.run, 3)
    assert NUMBERS.startswith(text)
    assert end.usage is not None
    assert end.usage.completion_tokens == 120
    await after.close()


async def test_while_it_goes_on_nothing_is_left_of_how_it_ended(service: ChatService) -> None:
    turn, _ = await _stopped(service)
    await service.resume(ALICE, turn.run)
    row = await in_database(Run.objects.get, pk=turn.run)
    assert (row.status, row.finish_reason, row.ended_at) == ("running", "", None)


async def test_the_owners_other_devices_hear_of_it(service: ChatService) -> None:
    turn, _ = await _stopped(service)
    changes = watch("alice")
    heard = asyncio.ensure_future(anext(changes))
    await asyncio.sleep(0)  # until it listens
    await service.resume(ALICE, turn.run)
    assert (await heard).conversation == turn.conversation
    await changes.aclose()


@pytest.mark.parametrize("model", ["plain", "loop"])
async def test_what_said_all_or_repeated_itself_is_not_continued(
    service: ChatService, model: str
) -> None:
    turn = await _ask(service, model)
    await _text_of(service, turn.run, 1)
    with pytest.raises(ChatError) as raised:
        await service.resume(ALICE, turn.run)
    assert raised.value.code is ErrorCode.NOT_INTERRUPTED


async def test_a_model_that_cannot_continue_says_so(transactional_db: None) -> None:
    service = await _started(resumable=False)
    turn, before = await _stopped(service)
    with pytest.raises(ChatError) as raised:
        await service.resume(ALICE, turn.run)
    assert raised.value.code is ErrorCode.NOT_RESUMABLE
    assert (await in_database(Message.objects.get, pk=turn.message)).content == before
    await service.close()
