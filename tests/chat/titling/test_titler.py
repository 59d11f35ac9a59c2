"""Titles are written while there are no runs, and never replace a person's own."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import aclosing
from dataclasses import replace
from functools import partial

import pytest
import pytest_asyncio

from chat.actor import Actor
from chat.changes import Change, watch
from chat.models import Conversation, Run
from chat.runs.policy import Policy
from chat.service import ChatService
from chat.store import Turn, in_database
from chat.store.conversations import change_conversation
from chat.titling import titler as module
from chat.titling.writing import write
from chat.wire.protocol import Send
from inference.backends.scenarios import Line, Scenario
from inference.backends.scripted import ScriptedBackend
from inference.engine import Engine
from inference.types import ChatMessage, ModelState

ALICE = Actor("alice", "phone")
QUESTION = "周末带孩子去哪里玩比较好？"


class Namer:
    """A model that answers questions, and writes `title` for the prompt for one."""

    def __init__(self) -> None:
        self.title: Iterable[Line] = [Line("answer", "标题：《亲子周末》\n")]
        self.requests: list[tuple[ChatMessage, ...]] = []
        self.name = Scenario("namer", "", self._say, 0)

    def _say(self, messages: tuple[ChatMessage, ...]) -> Iterable[Line]:
        if "标题" not in messages[-1].content:
            return [Line("answer", "去公园。")]
        self.requests.append(messages)
        return self.title


def backend_of(scenario: Scenario) -> ScriptedBackend:
    """Scripted, but taken for a model that writes titles."""
    made = ScriptedBackend(scenario, slots=1)
    made.card = replace(made.card, backend="test")
    return made


@pytest.fixture
def namer() -> Namer:
    return Namer()


@pytest.fixture
def slow() -> ScriptedBackend:
    """A model that needs an hour for a word."""
    return backend_of(Scenario("slow", "", lambda _: [Line("answer", "慢")], 3600))


@pytest_asyncio.fixture
async def service(
    namer: Namer, slow: ScriptedBackend, transactional_db: None
) -> AsyncIterator[ChatService]:
    made = ChatService(Engine([backend_of(namer.name), slow], 4), Policy("", 8, 64))
    made._titler._pause = 0.01
    await made.start()
    yield made
    await made.close()


async def ask(service: ChatService, content: str = QUESTION, turn: Turn | None = None) -> Turn:
    """One question and its answer."""
    conversation = turn.conversation if turn else None
    frame = Send(content, content, conversation, model="scripted/namer")
    requests = await service.send(ALICE, frame)
    await answered(service, requests)
    return requests


async def answered(service: ChatService, turn: Turn) -> None:
    async for _ in (await service.attach(ALICE, turn.run, 0, None)).events:
        pass


async def title_of(turn: Turn) -> str:
    return (await in_database(Conversation.objects.get, pk=turn.conversation)).title


async def settled(service: ChatService) -> None:
    """Wait until no more titles are to be written."""
    while service._titler._wanted:
        await in_database(Conversation.objects.count)
    await in_database(Conversation.objects.count)


async def test_the_first_answer_causes_a_title_and_notifies_all_devices(
    service: ChatService, namer: Namer
) -> None:
    async with aclosing(watch("alice")) as changes:
        next_change = asyncio.ensure_future(anext(changes))
        await asyncio.sleep(0)
        turn = await ask(service)
        await settled(service)
        assert await title_of(turn) == "亲子周末"
        revision = (await in_database(Conversation.objects.get, pk=turn.conversation)).revision
        change = await next_change
        while change != Change(turn.conversation, revision):
            change = await anext(changes)
    assert [message.content for message in namer.requests[0][:-1]] == [QUESTION, "去公园。"]


async def test_a_title_leaves_no_run_and_counts_for_no_limit(service: ChatService) -> None:
    await ask(service)
    await settled(service)
    assert await in_database(Run.objects.count) == 1


async def test_a_title_is_written_once(service: ChatService, namer: Namer) -> None:
    turn = await ask(service)
    await settled(service)
    await ask(service, "还有呢？", turn)
    await settled(service)
    assert len(namer.requests) == 1


@pytest.mark.parametrize(
    "lines",
    [[], [Line("answer", "抱歉，我不能")], [Line("reasoning", "想想"), Line("answer", "标题")]],
)
async def test_a_title_that_is_none_leaves_the_question(
    service: ChatService, namer: Namer, lines: list[Line]
) -> None:
    namer.title = lines
    turn = await ask(service)
    await settled(service)
    assert await title_of(turn) == QUESTION


async def test_a_name_given_while_it_is_written_stays(
    service: ChatService, namer: Namer, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def renamed(*requests: object) -> str:
        named = {"title": "我的", "is_renamed": True}
        await in_database(change_conversation, "alice", turn.conversation, named)
        return await write(*requests)  # type: ignore[arg-type]

    monkeypatch.setattr(module, "write", renamed)
    turn = await ask(service)
    await settled(service)
    assert namer.requests
    assert await title_of(turn) == "我的"


async def test_a_title_is_interrupted_by_a_question_and_written_afterwards(
    service: ChatService, namer: Namer, slow: ScriptedBackend, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = asyncio.Event()

    async def first_slow(*requests: object) -> str:
        if not begun.is_set():
            begun.set()
            await asyncio.sleep(3600)
        return await write(*requests)  # type: ignore[arg-type]

    monkeypatch.setattr(module, "write", first_slow)
    turn = await ask(service)
    await begun.wait()
    await ask(service, "还有呢？", turn)
    await settled(service)
    assert await title_of(turn) == "亲子周末"


async def test_nothing_is_written_while_anybody_waits_for_an_answer(
    service: ChatService, namer: Namer
) -> None:
    busy = await service.send(ALICE, Send("x", "慢慢来", model="scripted/slow"))
    await ask(service)
    await asyncio.sleep(0.1)
    assert not namer.requests
    await service.stop(ALICE, busy.run)
    await settled(service)
    assert len(namer.requests) == 1


async def test_a_model_that_is_not_loaded_is_not_loaded_for_it(
    service: ChatService, namer: Namer, monkeypatch: pytest.MonkeyPatch
) -> None:
    cards = service._engine.models()
    unloaded = tuple(replace(card, state=ModelState.UNLOADED) for card in cards)
    turn = await ask(service)
    monkeypatch.setattr(service._engine, "models", lambda: unloaded)
    await settled(service)
    assert (namer.requests, await title_of(turn)) == ([], QUESTION)


async def test_one_that_does_not_end_is_given_up(
    service: ChatService, namer: Namer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_SECONDS", 0.05)
    monkeypatch.setattr(module, "write", lambda *_: asyncio.sleep(3600))
    turn = await ask(service)
    await settled(service)
    assert await title_of(turn) == QUESTION


async def test_an_imported_title_stays(service: ChatService, namer: Namer) -> None:
    turn = await ask(service)
    await settled(service)
    rows = Conversation.objects.filter(pk=turn.conversation)
    await in_database(partial(rows.update, title=QUESTION, is_renamed=True))
    await ask(service, "还有呢？", turn)
    await settled(service)
    assert await title_of(turn) == QUESTION
