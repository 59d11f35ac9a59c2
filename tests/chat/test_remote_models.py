"""Models of providers: who may use them, how much, and what is marked."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
import pytest_asyncio

from chat.actor import Actor, Role
from chat.errors import ChatError
from chat.models import Run
from chat.runs.policy import Policy
from chat.service import ChatService
from chat.store import Turn, in_database
from chat.store.allowance import Limits
from chat.store.members import add_member, change_member
from chat.store.model_access import UsualAccess
from chat.wire.protocol import Regenerate, Send
from inference.backends.scenarios import SCENARIOS
from inference.backends.scripted import ScriptedBackend
from inference.engine import Engine
from tests.chat.paired_server import Caller, owner, paired
from tests.process_service import use_service

MING = "ming"
REMOTE = "scripted/plain"
LOCAL = "scripted/endless"
SLOW = "scripted/slow"
POLICY = Policy(system_prompt="", runs_per_device=8, keep_events=64)


def _engine(*, resumable: bool = True) -> Engine:
    """The default is a provider's."""
    backends = [
        ScriptedBackend(SCENARIOS[name], slots=4, context_tokens=1 << 40, tempo=0.02)
        for name in ("plain", "slow", "endless")
    ]
    for backend in backends[:2]:
        remote = replace(backend.card, local=False, provider="DeepSeek")
        backend.card = replace(remote, resumable=resumable)
    return Engine(backends, queue_length=8)


@pytest_asyncio.fixture
async def service(
    transactional_db: None, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[ChatService]:
    made = ChatService(_engine(), replace(POLICY, limits=Limits(remote_tokens_per_day=0)))
    await made.start()
    use_service(monkeypatch, made)
    yield made
    await made.close()


async def _ended(service: ChatService, actor: Actor, turn: Turn) -> None:
    async for _ in (await service.attach(actor, turn.run, 0, None)).events:
        continue


async def _refused(service: ChatService, actor: Actor, send: Send) -> str:
    with pytest.raises(ChatError) as raised:
        await service.send(actor, send)
    return str(raised.value.code)


async def _member(**fields: object) -> Actor:
    member = (await in_database(add_member, "Ming")).id
    await in_database(change_member, member, fields)
    return Actor(member, "phone")


async def test_an_answer_of_a_provider_is_marked_and_counted(service: ChatService) -> None:
    actor = await _member()
    turn = await service.send(actor, Send("a", "你好", model=REMOTE))
    await _ended(service, actor, turn)
    run = await in_database(Run.objects.get)
    assert run.provider == "DeepSeek"
    assert run.remote_tokens
    assert run.usage is not None
    assert run.remote_tokens == run.usage["prompt_tokens"] + run.usage["completion_tokens"]


async def test_a_member_without_the_right_is_refused_and_may_use_a_local_model(
    service: ChatService,
) -> None:
    actor = await _member(remote_models=False)
    assert await _refused(service, actor, Send("a", "你好", model=REMOTE)) == "remote_not_allowed"
    assert [card.id for card in await service.allowed.of(actor)] == [LOCAL]
    turn = await service.send(actor, Send("b", "你好"))
    assert (await in_database(Run.objects.get)).model == LOCAL
    with pytest.raises(ChatError) as raised:
        await service.regenerate(actor, Regenerate("c", turn.message, model=REMOTE))
    assert raised.value.code == "remote_not_allowed"


async def test_where_nothing_may_be_used_the_default_is_refused_with_its_reason(
    transactional_db: None,
) -> None:
    backend = ScriptedBackend(SCENARIOS["plain"], slots=4)
    backend.card = replace(backend.card, local=False, provider="DeepSeek")
    policy = replace(POLICY, access=UsualAccess(members=False))
    service = ChatService(Engine([backend], 4), policy)
    await service.start()
    assert await _refused(service, await _member(), Send("a", "你好")) == "remote_not_allowed"
    await service.close()


async def test_a_waiting_message_is_refused_once_the_right_is_revoked(
    service: ChatService,
) -> None:
    actor = await _member()
    running = await service.send(actor, Send("a", "数", model=LOCAL))
    waiting = await service.send(actor, Send("b", "你好", running.conversation, model=REMOTE))
    await in_database(change_member, actor.owner, {"remote_models": False})
    await service.stop(actor, running.run)
    await _ended(service, actor, waiting)
    run = await in_database(Run.objects.get, pk=waiting.run)
    assert (run.status, run.error_code, run.provider) == ("failed", "remote_not_allowed", None)


async def test_a_days_tokens_are_used_up_and_local_models_go_on(service: ChatService) -> None:
    actor = await _member(remote_tokens_per_day=10)
    await _ended(service, actor, await service.send(actor, Send("a", "你好", model=REMOTE)))
    again = Send("b", "你好", model=REMOTE)
    assert await _refused(service, actor, again) == "remote_tokens_used_up"
    await service.send(actor, Send("c", "你好", model=LOCAL))


async def test_tokens_of_a_running_answer_count(service: ChatService) -> None:
    actor = await _member(remote_tokens_per_day=3)
    turn = await service.send(actor, Send("a", "你好", model=SLOW))
    async for _ in (await service.attach(actor, turn.run, 0, None)).events:
        if service._opener.runs.remote_tokens_of(actor.owner) >= 3:
            break
    again = Send("b", "你好", model=REMOTE)
    assert await _refused(service, actor, again) == "remote_tokens_used_up"
    await service.stop(actor, turn.run)


async def test_an_answer_of_a_provider_does_not_go_on_by_itself(service: ChatService) -> None:
    assert service._opener.continuable() == frozenset({LOCAL})


@pytest.mark.parametrize(("resumable", "code"), [(True, ""), (False, "not_resumable")])
async def test_only_resumable_models_continue_a_text(
    transactional_db: None, resumable: bool, code: str
) -> None:
    service = ChatService(_engine(resumable=resumable), POLICY)
    await service.start()
    turn = await service.send(Actor(MING, "phone"), Send("a", "慢", model="scripted/slow"))
    await service.close()
    again = ChatService(_engine(resumable=resumable), POLICY)
    await again.start()
    received = ""
    try:
        await again.resume(Actor(MING, "phone"), turn.run)
    except ChatError as error:
        received = error.code.value
    await again.close()
    assert received == code


async def _models(caller: Caller) -> list[str]:
    return [one["id"] for one in (await caller.call("GET", "/models")).json()["models"]]


async def test_each_sees_what_they_may_use(service: ChatService) -> None:
    guest, member = await paired(Role.GUEST), await paired(Role.MEMBER)
    assert await _models(owner()) == await _models(member)
    assert await _models(guest) == [LOCAL]
    async with guest.socket() as socket:
        greeting = await socket.ask({"type": "hello", "token": guest.token})
        assert [(one["id"], one["default"]) for one in greeting["models"]] == [(LOCAL, True)]


async def test_connected_clients_are_notified_of_a_changed_right(service: ChatService) -> None:
    member = await paired(Role.MEMBER)
    async with member.known_socket() as socket:
        path = f"/members/{member.owner}"
        changed = await owner().call("PATCH", path, {"remote_models": False})
        assert changed.json()["remote_models"] is False
        received = await socket.receive("models")
    assert [one["id"] for one in received["models"]] == [LOCAL]
    await owner().call("PATCH", path, {"remote_models": None, "remote_tokens_per_day": 500})
    assert len(await _models(member)) == 3
