"""The use cases, over the test database and scripted models."""

from __future__ import annotations

import asyncio

import pytest

from chat.actor import Actor
from chat.errors import ChatError, ErrorCode
from chat.models import Conversation, Message
from chat.run_events import Numbered, RunEnded, TextDelta
from chat.runs.policy import Policy
from chat.service import ChatService
from chat.store import in_database, load_run
from chat.wire.protocol import Options, Send
from inference import Engine

ALICE = Actor("alice", "phone")


def _send(content: str, conversation: str | None = None, **more: str) -> Send:
    model = more.get("model", "scripted/plain")
    return Send(more.get("id", content), content, conversation=conversation, model=model)


async def _answer(service: ChatService, run: str) -> str:
    reading = await service.attach(ALICE, run, 0, None)
    events = [e.event async for e in reading.events if isinstance(e, Numbered)]
    assert isinstance(events[-1], RunEnded)
    return "".join(e.text for e in events if isinstance(e, TextDelta))


async def test_a_message_is_answered_and_kept(service: ChatService) -> None:
    turn = await service.send(ALICE, _send("你好"))
    text = await _answer(service, turn.run)
    kept = await in_database(Message.objects.get, pk=turn.message)
    assert "你好" in text
    assert kept.content == text


async def test_the_model_remembers_the_first_turn(service: ChatService) -> None:
    first = await service.send(ALICE, _send("我叫小明"))
    await _answer(service, first.run)
    second = await service.send(ALICE, _send("我叫什么？", first.conversation))
    text = await _answer(service, second.run)
    assert "第 2 轮" in text
    assert "我叫小明" in text


async def test_the_same_send_twice_starts_one_run(service: ChatService) -> None:
    first, again = await asyncio.gather(
        service.send(ALICE, _send("一", id="x")), service.send(ALICE, _send("一", id="x"))
    )
    assert first == again
    assert await in_database(Conversation.objects.count) == 1


@pytest.mark.parametrize("content", ["", "   \n", "\u3000", "\u200b\ufeff", "\ufe0f"])
async def test_an_empty_message_is_refused(service: ChatService, content: str) -> None:
    await _refused(service, _send(content, id="x"), ErrorCode.EMPTY_MESSAGE)


async def test_an_unknown_model_is_refused_before_anything_is_stored(
    service: ChatService,
) -> None:
    await _refused(service, _send("一", model="nonsense"), ErrorCode.UNKNOWN_MODEL)
    assert await in_database(Message.objects.count) == 0


async def test_an_unknown_conversation_is_refused(service: ChatService) -> None:
    await _refused(service, _send("一", "nowhere"), ErrorCode.UNKNOWN_CONVERSATION)


async def test_a_device_may_have_so_many_runs_and_no_more(service: ChatService) -> None:
    for number in range(4):
        await service.send(ALICE, _send(str(number), model="scripted/endless"))
    await _refused(service, _send("五"), ErrorCode.TOO_MANY_RUNS)
    await service.send(Actor("alice", "tablet"), _send("五"))


async def test_a_full_queue_is_a_failed_run_that_says_when_to_retry(service: ChatService) -> None:
    runs = [
        await service.send(Actor("alice", f"d{n}"), _send(str(n), model="scripted/endless"))
        for n in range(7)
    ]
    reading = await service.attach(ALICE, runs[-1].run, 0, None)
    end = [e.event async for e in reading.events if isinstance(e, Numbered)][-1]
    assert isinstance(end, RunEnded)
    assert end.failure is not None
    assert end.failure.code is ErrorCode.OVERLOADED
    assert int(end.failure.detail["seconds"]) > 0


async def test_options_reach_the_model(service: ChatService) -> None:
    frame = Send("x", "说", model="scripted/endless", options=Options(max_new_tokens=3))
    turn = await service.send(ALICE, frame)
    reading = await service.attach(ALICE, turn.run, 0, None)
    end = [e.event async for e in reading.events if isinstance(e, Numbered)][-1]
    assert isinstance(end, RunEnded)
    assert end.finish_reason == "length"
    assert end.usage is not None
    assert end.usage.completion_tokens == 3


async def test_a_nul_character_is_replaced_not_refused(service: ChatService) -> None:
    turn = await service.send(ALICE, _send("a\x00b", id="x"))
    kept = await in_database(Message.objects.get, pk=turn.user_message)
    assert kept.content == "a\ufffdb"


async def test_a_conversation_made_without_a_title_takes_its_first_words(
    service: ChatService,
) -> None:
    made = await in_database(Conversation.objects.create, owner=ALICE.owner)
    renamed = await in_database(Conversation.objects.create, owner=ALICE.owner, is_renamed=True)
    for conversation in (made, renamed):
        await service.send(
            ALICE, _send("你好 世界", id=conversation.id, conversation=conversation.id)
        )
    titles = Conversation.objects.in_bulk
    kept = await in_database(titles, [made.id, renamed.id])
    assert [kept[key].title for key in (made.id, renamed.id)] == ["你好 世界", ""]


async def test_a_running_answer_is_saved_every_now_and_then(
    engine: Engine, transactional_db: None
) -> None:
    service = ChatService(engine, Policy("", 4, 64, checkpoint_seconds=0.01))
    await service.start()
    turn = await service.send(ALICE, _send("数", model="scripted/endless"))
    while not (stored := await in_database(load_run, turn.run)) or not stored.text.answer:  # noqa: ASYNC110
        await asyncio.sleep(0.01)  # the database tells nobody when it has changed
    assert stored.end is None
    await service.close()


async def test_an_unknown_run_is_refused(service: ChatService) -> None:
    with pytest.raises(ChatError) as raised:
        await service.attach(ALICE, "nowhere", 0, None)
    assert raised.value.code is ErrorCode.UNKNOWN_RUN
    with pytest.raises(ChatError):
        await service.stop(ALICE, "nowhere")


async def test_a_run_of_an_earlier_process_is_read_from_the_database(
    service: ChatService,
) -> None:
    turn = await service.send(ALICE, _send("你好"))
    text = await _answer(service, turn.run)
    service._opener.runs._ended.clear()
    reading = await service.attach(ALICE, turn.run, 0, None)
    snapshot, end = [event async for event in reading.events]
    assert getattr(snapshot, "answer", None) == text
    assert isinstance(end, Numbered)


async def _refused(service: ChatService, frame: Send, code: ErrorCode) -> None:
    with pytest.raises(ChatError) as raised:
        await service.send(ALICE, frame)
    assert raised.value.code is code
