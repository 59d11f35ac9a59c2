"""The limits of a device and a member, and the errors beyond them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest
import pytest_asyncio

from chat.actor import TERMINAL, Actor
from chat.errors import ChatError, ErrorCode
from chat.members import members
from chat.models import Run
from chat.runs.policy import Policy
from chat.service import ChatService
from chat.store import in_database
from chat.store.allowance import Limits
from chat.wire.protocol import Send
from inference.engine import Engine
from tests.chat.paired_server import Frame, owner, paired
from tests.overrides import Overrides

POLICY = Policy(system_prompt="", runs_per_device=4, keep_events=64)
AHEAD = 30.0


@pytest_asyncio.fixture
async def strict(engine: Engine, transactional_db: None) -> AsyncIterator[ChatService]:
    """Two messages a minute of a device, three of a member, five a day."""
    limits = Limits(messages_per_minute=3, messages_per_day=5)
    made = ChatService(engine, replace(POLICY, limits=limits, messages_per_device=2))
    await made.start()
    yield made
    await made.close()


async def _send(service: ChatService, number: int, device: str = "d", owner: str = "o") -> str:
    """The error's code and the seconds to wait; empty if the message is accepted."""
    try:
        await service.send(Actor(owner, device), Send(f"{device}{number}", "你好"))
    except ChatError as error:
        return f"{error.code} {error.detail.get('limit')}"
    return ""


async def _age(seconds: float) -> None:
    """Make everything sent older by this time."""
    for run in await in_database(lambda: list(Run.objects.all())):
        earlier = run.created_at - timedelta(seconds=seconds)
        await in_database(Run.objects.filter(pk=run.pk).update, created_at=earlier)


async def test_a_device_and_then_a_member_are_limited(strict: ChatService) -> None:
    assert [await _send(strict, n) for n in range(3)] == ["", "", "too_many_messages 2"]
    assert [await _send(strict, n, "e") for n in range(2)] == ["", "too_many_messages 3"]
    assert await _send(strict, 0, "d", "another") == ""


async def test_the_time_to_retry_is_sufficient(strict: ChatService) -> None:
    for number in range(2):
        await _send(strict, number)
    await _age(AHEAD)
    with pytest.raises(ChatError) as raised:
        await strict.send(Actor("o", "d"), Send("x", "你好"))
    seconds = int(raised.value.detail["seconds"])
    assert 60 - AHEAD - 5 < seconds <= 60 - AHEAD
    await _age(seconds)
    assert await _send(strict, 3) == ""


async def test_a_days_messages_are_used_up(strict: ChatService) -> None:
    for number in range(5):
        assert await _send(strict, number) == ""
        await _age(61)
    assert await _send(strict, 5) == "day_used_up 5"
    await _age(24 * 3600)
    assert await _send(strict, 6) == ""


async def test_the_same_message_again_is_none_more(strict: ChatService) -> None:
    for _ in range(5):
        assert await _send(strict, 1) == ""


async def test_a_members_own_limits_stand_in_for_the_usual_ones(strict: ChatService) -> None:
    ming = await members.add(TERMINAL, "Ming", "")
    await members.change(TERMINAL, strict, ming.id, {"messages_per_minute": 1})
    assert [await _send(strict, n, owner=ming.id) for n in range(2)] == ["", "too_many_messages 1"]
    await members.change(
        TERMINAL, strict, ming.id, {"messages_per_minute": 0, "messages_per_day": 0}
    )
    assert [await _send(strict, n, f"e{n}", ming.id) for n in range(9)] == [""] * 9


async def test_answers_at_once_are_counted_over_all_devices(paired_service: ChatService) -> None:
    ming = await members.add(TERMINAL, "Ming", "")
    await members.change(TERMINAL, paired_service, ming.id, {"runs_at_once": 2})

    async def begin(device: str) -> str:
        frame = Send(device, "数", model="scripted/endless")
        return (await paired_service.send(Actor(ming.id, device), frame)).run

    first, _ = await begin("a"), await begin("b")
    with pytest.raises(ChatError) as raised:
        await begin("c")
    assert (raised.value.code, raised.value.retryable) == (ErrorCode.MEMBER_BUSY, True)
    await paired_service.stop(Actor(ming.id, "a"), first)
    await begin("d")


async def test_a_prompt_beyond_the_members_tokens_is_refused(paired_service: ChatService) -> None:
    phone = await paired()
    await members.change(TERMINAL, paired_service, "everyone", {"prompt_tokens": 20})
    async with phone.known_socket() as socket:
        await socket.send({"type": "send", "client_msg_id": "a", "content": "长" * 200})
        error = await socket.receive("error")
        assert (error["code"], "20" in error["message"]) == ("context_exceeded", True)
        assert (await socket.receive("end"))["status"] == "failed"


async def test_history_beyond_the_members_tokens_is_left_out(paired_service: ChatService) -> None:
    phone = await paired()
    async with phone.known_socket() as socket:
        question = {"type": "send", "content": "你好" * 20}
        first = await socket.ask(question | {"client_msg_id": "a"})
        await socket.receive("end")
        await members.change(TERMINAL, paired_service, "everyone", {"prompt_tokens": 60})
        await socket.ask(question | {"client_msg_id": "b", "conversation": first["conversation"]})
        start: Frame = await socket.receive("start")
        assert start["dropped_turns"] == 1


async def test_a_refusal_has_a_time_to_retry(paired_service: ChatService) -> None:
    phone = await paired()
    await members.change(TERMINAL, paired_service, "everyone", {"messages_per_minute": 1})
    async with phone.known_socket() as socket:
        await socket.ask({"type": "send", "client_msg_id": "a", "content": "你好"})
        error = await socket.ask({"type": "send", "client_msg_id": "b", "content": "你好"})
        while error["type"] != "error":
            error = await socket.receive("error")
        assert (error["code"], error["client_msg_id"]) == ("too_many_messages", "b")
        assert 50 < error["retry_after"] <= 60
        assert f"{error['retry_after']} seconds" in error["message"]


async def test_the_default_limits_are_listed_with_the_members(
    paired_service: ChatService, conf: Overrides
) -> None:
    conf.messages_per_day = 80
    defaults = (await owner().call("GET", "/members")).json()["usual"]
    assert (defaults["messages_per_day"], defaults["runs_at_once"]) == (80, 0)


async def test_the_owner_sets_limits_over_rest(paired_service: ChatService) -> None:
    ming = await members.add(TERMINAL, "Ming", "")
    path, changes = f"/members/{ming.id}", {"messages_per_day": 5, "prompt_tokens": 0}
    changed = (await owner().call("PATCH", path, changes)).json()
    assert (changed["messages_per_day"], changed["prompt_tokens"]) == (5, 0)
    assert changed["runs_at_once"] is None
    back = (await owner().call("PATCH", path, {"messages_per_day": None})).json()
    assert (back["messages_per_day"], back["prompt_tokens"]) == (None, 0)
    for bad in (-1, 1 << 40, "many"):
        response = await owner().call("PATCH", path, {"messages_per_day": bad})
        assert response.status_code == 422
