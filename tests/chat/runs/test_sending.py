"""Sends that come together: ordered in one conversation, independent in two, within the limits."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
import pytest_asyncio

from chat.actor import Actor
from chat.errors import ChatError
from chat.runs.policy import Policy
from chat.service import ChatService
from chat.store import Turn
from chat.store.allowance import Limits
from chat.wire.protocol import Send
from inference.engine import Engine

ALICE = Actor("alice", "phone")
POLICY = Policy("", 64, 64, waiting_per_conversation=16)


@pytest_asyncio.fixture
async def service(engine: Engine, transactional_db: None) -> AsyncIterator[ChatService]:
    made = ChatService(engine, POLICY)
    await made.start()
    yield made
    await made.close()


def _send(name: str, turn: Turn | None = None) -> Send:
    conversation = turn.conversation if turn else None
    return Send(name, name, conversation, model="scripted/endless")


async def test_a_send_does_not_wait_for_one_in_another_conversation(service: ChatService) -> None:
    first, second = [await service.send(ALICE, _send(name)) for name in "ab"]
    async with service._opener.locks.hold(first.conversation):
        held = asyncio.create_task(service.send(ALICE, _send("c", first)))
        assert (await service.send(ALICE, _send("d", second))).conversation == second.conversation
        assert (await service.send(ALICE, _send("e"))).conversation != first.conversation
        assert not held.done()
    assert (await held).conversation == first.conversation


async def test_sends_of_one_conversation_keep_their_order(service: ChatService) -> None:
    first = await service.send(ALICE, _send("first"))
    sends = (service.send(ALICE, _send(str(number), first)) for number in range(8))
    turns = await asyncio.gather(*sends)
    queue = service._opener.runs.in_conversation(first.conversation)
    assert [run.key.run for run in queue] == [first.run, *(turn.run for turn in turns)]


async def test_the_same_request_at_once_is_stored_once(service: ChatService) -> None:
    turns = await asyncio.gather(*(service.send(ALICE, _send("a")) for _ in range(4)))
    assert len(set(turns)) == 1
    assert len(service._opener.runs.live()) == 1


async def test_no_lock_is_kept_for_an_idle_conversation(service: ChatService) -> None:
    turn = await service.send(ALICE, _send("a"))
    await service.stop(ALICE, turn.run)
    async with service._opener.locks.hold(turn.conversation):
        assert len(service._opener.locks) == 1
    assert len(service._opener.locks) == 0


@pytest.mark.parametrize(
    ("policy", "code"),
    [
        (replace(POLICY, runs_per_device=2), "too_many_runs"),
        (replace(POLICY, limits=Limits(runs_at_once=2)), "member_busy"),
        (replace(POLICY, limits=Limits(messages_per_minute=2)), "too_many_messages"),
        (replace(POLICY, messages_per_device=2), "too_many_messages"),
    ],
)
async def test_sends_that_come_together_pass_no_limit(
    engine: Engine, transactional_db: None, policy: Policy, code: str
) -> None:
    strict = ChatService(engine, policy)
    await strict.start()
    sends = (strict.send(ALICE, _send(str(number))) for number in range(5))
    sent = await asyncio.gather(*sends, return_exceptions=True)
    refused = [str(one) for one in sent if isinstance(one, ChatError)]
    assert refused == [code] * 3
    await strict.close()
