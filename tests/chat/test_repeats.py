"""A repeated `client_msg_id` is the same request or a conflict, so no text is lost."""

from __future__ import annotations

import pytest
from msgspec import structs

from chat.actor import Actor
from chat.errors import ChatError, ErrorCode
from chat.models import Message, Run
from chat.run_events import Numbered, RunEnded
from chat.service import ChatService
from chat.store import Turn, in_database
from chat.wire.protocol import Options, Regenerate, Send

ALICE = Actor("alice", "phone")
MODEL = "scripted/plain"


async def _send(service: ChatService, frame: Send) -> Turn:
    turn = await service.send(ALICE, frame)
    reading = await service.attach(ALICE, turn.run, 0, None)
    assert [event async for event in reading.events if isinstance(event, Numbered)]
    return turn


async def _ask(service: ChatService, frame: Send | Regenerate) -> Turn:
    if isinstance(frame, Send):
        return await service.send(ALICE, frame)
    return await service.regenerate(ALICE, frame)


async def _conflicts(service: ChatService, frame: Send | Regenerate) -> None:
    before = await in_database(Message.objects.count)
    with pytest.raises(ChatError) as raised:
        await _ask(service, frame)
    assert raised.value.code is ErrorCode.CONFLICT
    assert not raised.value.retryable
    assert await in_database(Message.objects.count) == before


@pytest.mark.parametrize(
    "frame",
    [
        Send("x", "问", model=MODEL),
        Send("x", "问"),
        Send("x", "half \ud83d\0"),
        Send("x", "问", options=Options(temperature=1, stop=["。"], seed=7)),
        Send("x", "问", parent=None),
    ],
    ids=ascii,
)
async def test_the_same_request_again_is_the_same_turn(service: ChatService, frame: Send) -> None:
    assert await _send(service, frame) == await service.send(ALICE, frame)


@pytest.mark.parametrize(
    "other",
    [
        {"content": "另一个"},
        {"conversation": "elsewhere"},
        {"parent": "elsewhere"},
        {"model": "scripted/slow"},
        {"options": Options(temperature=0.5)},
        {"options": Options(temperature=1, seed=8)},
    ],
    ids=str,
)
async def test_another_request_under_the_same_name_is_a_conflict(
    service: ChatService, other: dict[str, object]
) -> None:
    sent = Send("x", "问", model=MODEL, options=Options(temperature=1, seed=7))
    await _send(service, sent)
    await _conflicts(service, structs.replace(sent, **other))


async def test_a_conflict_is_told_of_a_later_message_too(service: ChatService) -> None:
    first = await _send(service, Send("1", "一"))
    later = Send("2", "二", conversation=first.conversation)
    second = await _send(service, later)
    assert await service.send(ALICE, structs.replace(later, parent=first.message)) == second
    await _conflicts(service, structs.replace(later, parent=None))
    await _conflicts(service, Send("2", "二"))


async def test_what_the_server_chose_itself_is_no_conflict(service: ChatService) -> None:
    sent = Send("x", "问", options=Options(temperature=1))
    turn = await _send(service, sent)
    chosen = {"temperature": 1.0, "seed": 123}
    await in_database(
        Run.objects.filter(pk=turn.run).update, model="yesterday's default", options=chosen
    )
    assert await service.send(ALICE, sent) == turn
    named = structs.replace(sent, conversation=turn.conversation)
    assert await service.send(ALICE, named) == turn
    await _conflicts(service, structs.replace(sent, options=Options(seed=124)))


async def test_another_answer_is_the_same_again_and_never_a_message(service: ChatService) -> None:
    first = await _send(service, Send("1", "一"))
    second = await _send(service, Send("2", "二", conversation=first.conversation))
    again = Regenerate("3", first.message)
    turn = await service.regenerate(ALICE, again)
    reading = await service.attach(ALICE, turn.run, 0, None)
    events = [event async for event in reading.events if isinstance(event, Numbered)]
    assert isinstance(events[-1].event, RunEnded)
    assert await service.regenerate(ALICE, again) == turn
    await _conflicts(service, Regenerate("3", second.message))
    await _conflicts(service, Send("3", "一"))
    await _conflicts(service, Regenerate("1", first.message))
