"""A question that got no answer is part of the next one, as the page shows it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest_asyncio
from msgspec import UNSET, UnsetType

from chat.actor import Actor
from chat.run_events import Numbered, RunStarted
from chat.runs.policy import Policy
from chat.service import ChatService
from chat.store import Turn
from chat.wire.protocol import Regenerate, Send
from inference.backends.scenarios import Line, Scenario
from inference.backends.scripted import ScriptedBackend
from inference.engine import Engine
from inference.types import ChatMessage

ALICE = Actor("alice", "phone")
_NAME = "我的名字是小明"
_ASKED = "我叫什么？"


class _Heard:
    """Models that answer nothing in different ways, and one that answers: what they were given."""

    def __init__(self) -> None:
        self.messages: tuple[ChatMessage, ...] = ()

    def scenarios(self) -> tuple[Scenario, ...]:
        return (
            Scenario("answers", "", self._answer, 0),
            Scenario("hangs", "", lambda _: [Line("answer", "never")], 3600),
            Scenario("fails", "", lambda _: [], 0, "failure"),
            Scenario("thinks", "", lambda _: [Line("reasoning", "想")], 0),
        )

    def _answer(self, messages: tuple[ChatMessage, ...]) -> Iterator[Line]:
        self.messages = messages
        yield Line("answer", "好")

    @property
    def texts(self) -> list[str]:
        return [message.content for message in self.messages]


class _Talk:
    """One conversation."""

    def __init__(self, service: ChatService, heard: _Heard) -> None:
        self.heard = heard
        self._service = service
        self._said = 0
        self._conversation: str | None = None

    async def ask(
        self, content: str, model: str = "answers", parent: str | UnsetType | None = UNSET
    ) -> Turn:
        self._said += 1
        place = (self._conversation, parent)
        frame = Send(f"{self._said}", content, *place, model=f"scripted/{model}")
        turn = await self._service.send(ALICE, frame)
        self._conversation = turn.conversation
        if model == "hangs":
            await self._service.stop(ALICE, turn.run)
        await self.started(turn)
        return turn

    async def again(self, turn: Turn) -> None:
        frame = Regenerate("again", turn.message, model="scripted/answers")
        await self.started(await self._service.regenerate(ALICE, frame))

    async def started(self, turn: Turn) -> RunStarted | None:
        """How it began, once it has ended."""
        reading = await self._service.attach(ALICE, turn.run, 0, None)
        events = [one.event async for one in reading.events if isinstance(one, Numbered)]
        return next((one for one in events if isinstance(one, RunStarted)), None)


@pytest_asyncio.fixture
async def talk(transactional_db: None) -> AsyncIterator[_Talk]:
    heard = _Heard()
    backends = [ScriptedBackend(one, slots=2, context_tokens=256) for one in heard.scenarios()]
    service = ChatService(Engine(backends, queue_length=4), Policy("", 8, 64))
    await service.start()
    yield _Talk(service, heard)
    await service.close()


async def test_a_question_stopped_before_the_first_word_is_joined_to_the_next(talk: _Talk) -> None:
    await talk.ask(_NAME, "hangs")
    await talk.ask(_ASKED)
    assert talk.heard.messages == (ChatMessage("user", f"{_NAME}\n\n{_ASKED}"),)


async def test_a_question_that_failed_is_joined_to_the_next(talk: _Talk) -> None:
    await talk.ask(_NAME, "fails")
    await talk.ask(_ASKED)
    assert talk.heard.texts == [f"{_NAME}\n\n{_ASKED}"]


async def test_an_answer_of_reasoning_alone_is_none(talk: _Talk) -> None:
    await talk.ask(_NAME, "thinks")
    await talk.ask(_ASKED)
    assert talk.heard.texts == [f"{_NAME}\n\n{_ASKED}"]


async def test_several_in_a_row_are_all_joined_behind_what_was_answered(talk: _Talk) -> None:
    await talk.ask("一")
    for model in ("hangs", "fails", "thinks"):
        await talk.ask(model, model)
    await talk.ask(_ASKED)
    assert talk.heard.texts == ["一", "好", f"hangs\n\nfails\n\nthinks\n\n{_ASKED}"]


async def test_they_stay_joined_once_they_were_answered(talk: _Talk) -> None:
    await talk.ask(_NAME, "hangs")
    await talk.ask(_ASKED)
    await talk.ask("三")
    assert talk.heard.texts == [f"{_NAME}\n\n{_ASKED}", "好", "三"]


async def test_another_answer_is_given_the_same(talk: _Talk) -> None:
    await talk.ask(_NAME, "hangs")
    second = await talk.ask(_ASKED, "fails")
    await talk.again(second)
    assert talk.heard.texts == [f"{_NAME}\n\n{_ASKED}"]


async def test_an_edited_question_has_the_unanswered_one_of_its_branch(talk: _Talk) -> None:
    first = await talk.ask(_NAME, "hangs")
    await talk.ask(_ASKED)
    await talk.ask("我姓什么？", parent=first.message)
    assert talk.heard.texts == [f"{_NAME}\n\n我姓什么？"]


async def test_a_branch_beside_it_has_it_not(talk: _Talk) -> None:
    await talk.ask(_NAME, "hangs")
    await talk.ask("另一个话题", parent=None)
    assert talk.heard.texts == ["另一个话题"]


async def test_one_too_long_for_the_model_is_told_as_left_out(talk: _Talk) -> None:
    await talk.ask("长" * 2000)
    turn = await talk.ask(_ASKED)
    assert talk.heard.texts == [_ASKED]
    begun = await talk.started(turn)
    assert begun is not None
    assert begun.dropped_turns == 1
