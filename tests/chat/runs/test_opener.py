"""Every way a run begins: after another, beside another, after a restart, and taken up again."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
import pytest_asyncio
from msgspec import UNSET

from chat.actor import Actor
from chat.changes import Change, watch
from chat.errors import ChatError, ErrorCode
from chat.models import Conversation, Message, Run
from chat.run_events import Numbered, QueuePosition, RunEnded, TextDelta, TextSnapshot, Withdrawn
from chat.runs.policy import Policy
from chat.runs.reading import ReaderEvent
from chat.service import ChatService
from chat.store import Turn, in_database
from chat.wire.protocol import Options, Regenerate, Send
from inference.backends.bounded import BoundedBackend
from inference.backends.scenarios import SCENARIOS
from inference.backends.scripted import ScriptedBackend
from inference.engine import Engine
from inference.request.bounds import Bounds

ALICE = Actor("alice", "phone")
POLICY = Policy("", 8, 64, waiting_per_conversation=2)


def _engine(*, local: bool = True, resumable: bool = True) -> Engine:
    backends = [
        ScriptedBackend(scenario, slots=2, context_tokens=1 << 40, tempo=0.02)
        for scenario in SCENARIOS.values()
    ]
    for backend in backends:
        backend.card = replace(backend.card, local=local, resumable=resumable)
    return Engine(backends, queue_length=4)


async def _started(*, local: bool = True, resumable: bool = True) -> ChatService:
    service = ChatService(_engine(local=local, resumable=resumable), POLICY)
    await service.start()
    return service


@pytest_asyncio.fixture
async def service(transactional_db: None) -> AsyncIterator[ChatService]:
    made = await _started()
    yield made
    await made.close()


async def _send(service: ChatService, content: str, turn: Turn | None = None) -> Turn:
    conversation = turn.conversation if turn else None
    return await service.send(ALICE, Send(content, content, conversation, model="scripted/plain"))


async def _endless(service: ChatService) -> Turn:
    turn = await service.send(ALICE, Send("endless", "数", model="scripted/endless"))
    await _until(service, turn.run, 3)
    return turn


async def _until(service: ChatService, run: str, seq: int) -> None:
    async for event in (await service.attach(ALICE, run, 0, None)).events:
        if isinstance(event, Numbered) and event.seq >= seq:
            return


async def _read(service: ChatService, run: str) -> list[ReaderEvent]:
    return [event async for event in (await service.attach(ALICE, run, 0, None)).events]


def _text(events: list[ReaderEvent]) -> str:
    text = ""
    for event in events:
        if isinstance(event, TextSnapshot):
            text = event.answer
        elif isinstance(event, Numbered) and isinstance(event.event, TextDelta):
            text += event.event.text
    return text


def _end(events: list[ReaderEvent]) -> RunEnded:
    last = events[-1]
    assert isinstance(last, Numbered)
    assert isinstance(last.event, RunEnded)
    return last.event


async def test_a_message_waits_for_the_answer_before_it(service: ChatService) -> None:
    running = await _endless(service)
    first, second = [await _send(service, text, running) for text in ("一", "二")]
    events = (await service.attach(ALICE, second.run, 0, None)).events
    assert await anext(events) == QueuePosition(2, None, "answer")
    await service.stop(ALICE, running.run)
    text = _text([event async for event in events])
    assert "第 3 轮" in text
    assert "第一轮你说的是：「数」" in text
    asked = await in_database(Message.objects.get, pk=first.user_message)
    assert asked.parent_id == running.message


async def test_one_message_more_than_may_wait_is_refused(service: ChatService) -> None:
    running = await _endless(service)
    for text in ("一", "二"):
        await _send(service, text, running)
    with pytest.raises(ChatError) as raised:
        await _send(service, "三", running)
    assert raised.value.code is ErrorCode.TOO_MANY_WAITING


async def test_a_failed_answer_lets_the_next_message_go(service: ChatService) -> None:
    failing = await service.send(ALICE, Send("x", "错", model="scripted/error"))
    waiting = await _send(service, "一", failing)
    assert _end(await _read(service, waiting.run)).status == "completed"


async def test_a_waiting_message_can_be_taken_back(service: ChatService) -> None:
    running = await _endless(service)
    first, second = [await _send(service, text, running) for text in ("一", "二")]
    events = (await service.attach(ALICE, first.run, 0, None)).events
    await anext(events)
    await service.withdraw(ALICE, first.run)
    assert [event async for event in events] == [Withdrawn()]
    assert not await in_database(Run.objects.filter(pk=first.run).exists)
    left = await in_database(lambda: list(Message.objects.values_list("id", flat=True)))
    assert {first.message, first.user_message}.isdisjoint(left)
    asked = await in_database(Message.objects.get, pk=second.user_message)
    assert asked.parent_id == running.message
    waiting = (await service.attach(ALICE, second.run, 0, None)).events
    assert await anext(waiting) == QueuePosition(1, None, "answer")


async def test_a_message_being_answered_is_not_taken_back(service: ChatService) -> None:
    running = await _endless(service)
    with pytest.raises(ChatError) as raised:
        await service.withdraw(ALICE, running.run)
    assert raised.value.code is ErrorCode.ALREADY_BEGUN


async def test_what_waits_begins_after_a_restart(transactional_db: None) -> None:
    before = await _started()
    running = await _endless(before)
    waiting = await _send(before, "一", running)
    await before.close()
    after = await _started()
    await after.stop(ALICE, running.run)
    assert _end(await _read(after, waiting.run)).status == "completed"
    await after.close()


async def test_a_second_answer_stands_beside_the_first(service: ChatService) -> None:
    first = await _send(service, "一")
    await _read(service, first.run)
    frame = Regenerate("again", first.message, model="scripted/reasoning")
    second = await service.regenerate(ALICE, frame)
    assert second == await service.regenerate(ALICE, frame)
    assert second.user_message == first.user_message
    assert second.message != first.message
    assert "42" in _text(await _read(service, second.run))
    conversation = await in_database(Conversation.objects.get, pk=first.conversation)
    assert conversation.leaf_id == second.message


async def test_only_ones_own_answers_are_regenerated(service: ChatService) -> None:
    turn = await _send(service, "一")
    with pytest.raises(ChatError) as raised:
        await service.regenerate(Actor("bob", "phone"), Regenerate("x", turn.message))
    assert raised.value.code is ErrorCode.UNKNOWN_MESSAGE


async def test_null_as_parent_begins_another_branch_at_the_root(service: ChatService) -> None:
    first = await _send(service, "一")
    await _read(service, first.run)
    edited = await service.send(ALICE, Send("e", "改", first.conversation, parent=None))
    assert "第 1 轮" in _text(await _read(service, edited.run))
    followed = await service.send(ALICE, Send("f", "再", first.conversation, parent=UNSET))
    assert "「改」" in _text(await _read(service, followed.run))


async def test_a_conversations_own_prompt_and_options_hold(service: ChatService) -> None:
    turn = await _send(service, "一")
    await _read(service, turn.run)
    rows = Conversation.objects.filter(pk=turn.conversation)
    await in_database(lambda: rows.update(options={"max_new_tokens": 3}))
    short = await _send(service, "二", turn)
    assert _end(await _read(service, short.run)).finish_reason == "length"
    frame = Send("三", "三", turn.conversation, options=Options(max_new_tokens=1000))
    assert (
        _end(await _read(service, (await service.send(ALICE, frame)).run)).finish_reason == "stop"
    )


async def test_an_answer_goes_on_in_the_next_process(transactional_db: None) -> None:
    before = await _started()
    turn = await _endless(before)
    await before.close()
    after = await _started()
    reading = await after.attach(ALICE, turn.run, 2, 1)
    assert reading.epoch == 2
    text = ""
    async for event in reading.events:
        text = _text([event]) if isinstance(event, TextSnapshot) else text + _text([event])
        if len(text) > 200:
            break
    assert "".join(f"{n} 个数字，还没有数完，" for n in range(1, 99)).startswith(text)
    await after.close()


async def test_the_allowance_counts_the_text_so_far(transactional_db: None) -> None:
    before = await _started()
    frame = Send("x", "数", model="scripted/endless", options=Options(max_new_tokens=60))
    turn = await before.send(ALICE, frame)
    await _until(before, turn.run, 4)
    await before.close()
    after = await _started()
    events = await _read(after, turn.run)
    ended = _end(events)
    assert ended.finish_reason == "length"
    assert ended.usage is not None
    assert ended.usage.completion_tokens == 60
    assert 110 <= len(_text(events)) <= 120
    await after.close()


async def test_an_answer_that_only_lacked_its_end_gets_it(transactional_db: None) -> None:
    before = await _started()
    turn = await before.send(ALICE, Send("x", "数", model="scripted/endless"))
    await _until(before, turn.run, 4)
    await before.close()
    rows = Run.objects.filter(pk=turn.run)
    await in_database(lambda: rows.update(options={"max_new_tokens": 1}))
    kept = await in_database(Message.objects.get, pk=turn.message)
    after = await _started()
    events = await _read(after, turn.run)
    assert _end(events) == RunEnded("completed", "length")
    assert _text(events) == kept.content
    await after.close()


async def test_a_loop_completes_the_answer_and_is_kept_as_its_end(transactional_db: None) -> None:
    loop = ScriptedBackend(SCENARIOS["loop"], slots=1, context_tokens=1 << 40, tempo=0.02)
    service = ChatService(Engine([BoundedBackend(loop, Bounds())], queue_length=4), POLICY)
    await service.start()
    turn = await service.send(ALICE, Send("x", "说", model="scripted/loop"))
    ended = _end(await _read(service, turn.run))
    assert (ended.status, ended.finish_reason) == ("completed", "repetition")
    row = await in_database(Run.objects.get, pk=turn.run)
    assert (row.status, row.finish_reason) == ("completed", "repetition")
    await service.close()


async def test_the_servers_limit_counts_the_text_so_far(transactional_db: None) -> None:
    def engine() -> Engine:
        endless = ScriptedBackend(SCENARIOS["endless"], slots=1, context_tokens=1 << 40, tempo=0.02)
        return Engine([BoundedBackend(endless, Bounds(60))], queue_length=4)

    before = ChatService(engine(), POLICY)
    await before.start()
    turn = await before.send(ALICE, Send("x", "数", model="scripted/endless"))
    await _until(before, turn.run, 4)
    await before.close()
    after = ChatService(engine(), POLICY)
    await after.start()
    ended = _end(await _read(after, turn.run))
    assert ended.finish_reason == "length"
    assert ended.usage is not None
    assert ended.usage.completion_tokens == 60
    await after.close()


async def test_an_answer_that_its_model_cannot_go_on_with_stays_interrupted(
    transactional_db: None,
) -> None:
    before = await _started(resumable=False)
    turn = await _endless(before)
    await before.close()
    after = await _started(resumable=False)
    assert _end(await _read(after, turn.run)).status == "interrupted"
    with pytest.raises(ChatError) as raised:
        await after.resume(ALICE, turn.run)
    assert raised.value.code is ErrorCode.NOT_RESUMABLE
    await after.close()


async def test_a_remote_answer_goes_on_when_that_is_asked_for(transactional_db: None) -> None:
    before = await _started(local=False)
    turn = await _endless(before)
    await before.close()
    after = await _started(local=False)
    assert _end(await _read(after, turn.run)).status == "interrupted"
    await after.resume(ALICE, turn.run)
    await after.resume(ALICE, turn.run)
    reading = await after.attach(ALICE, turn.run, 0, None)
    assert reading.epoch == 2
    assert isinstance(await anext(reading.events), TextSnapshot)
    await after.stop(ALICE, turn.run)
    await after.close()


async def test_the_owners_watchers_hear_of_a_turn_and_of_its_end(service: ChatService) -> None:
    changes = watch("alice")
    first = changes.asend(None)
    turn = await _send(service, "一")
    heard = [await first]
    while heard[-1].revision < turn.revision + 1:
        heard.append(await anext(changes))
    assert heard[-1] == Change(turn.conversation, turn.revision + 1)
    await changes.aclose()
