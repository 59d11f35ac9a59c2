"""The tutorials' parameters reach the model, on the short form and on the protocol's."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import msgspec
import pytest
import pytest_asyncio

from chat.actor import OWNER, Actor
from chat.configured import usual_options
from chat.errors import ChatError
from chat.runs.policy import Policy
from chat.service import ChatService
from chat.wire.protocol import Options, Send
from inference import Engine, GenerationRequest
from tests.overrides import Overrides

ACTOR = Actor(OWNER, "terminal", is_owner=True)
JSON_OBJECT = {"response_format": {"type": "json_object"}}
USUAL = Options(temperature=0.3, top_k=7, max_length=600, enable_thinking=False)


@pytest_asyncio.fixture
async def service(engine: Engine, transactional_db: None) -> AsyncIterator[ChatService]:
    policy = Policy(system_prompt="", runs_per_device=4, keep_events=64, options=USUAL)
    made = ChatService(engine, policy)
    await made.start()
    yield made
    await made.close()


@pytest.fixture
def requests(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> list[GenerationRequest]:
    """The requests that the engine was given."""
    requests: list[GenerationRequest] = []
    generate = engine.generate

    def noted(request: GenerationRequest, *rest: Any, **named: Any) -> Any:
        requests.append(request)
        return generate(request, *rest, **named)

    monkeypatch.setattr(engine, "generate", noted)
    return requests


async def _ended(service: ChatService, send: Send) -> None:
    turn = await service.send(ACTOR, send)
    async for _ in (await service.attach(ACTOR, turn.run, 0, None)).events:
        pass


async def test_the_servers_own_are_those_of_a_request_that_names_none(
    service: ChatService, requests: list[GenerationRequest]
) -> None:
    await _ended(service, Send("a", "你好"))
    options = requests[0].options
    assert (options.temperature, options.top_k, options.max_length) == (0.3, 7, 600)


async def test_a_request_comes_before_the_server(
    service: ChatService, requests: list[GenerationRequest]
) -> None:
    wanted = Options(temperature=1.5, max_new_tokens=3, max_length=900, repetition_penalty=1.2)
    await _ended(service, Send("a", "你好", options=wanted))
    options = requests[0].options
    assert (options.temperature, options.top_k, options.repetition_penalty) == (1.5, 7, 1.2)
    assert (options.max_new_tokens, options.max_length) == (3, None)


async def test_a_format_that_the_model_cannot_hold_is_refused_by_its_name(
    service: ChatService,
) -> None:
    send = Send("a", "你好", options=msgspec.convert(JSON_OBJECT, Options))
    with pytest.raises(ChatError) as raised:
        await service.send(ACTOR, send)
    assert (raised.value.code, raised.value.detail["option"]) == (
        "unsupported_option",
        "response_format",
    )


def test_the_settings_are_the_servers_own(conf: Overrides) -> None:
    conf.top_p, conf.do_sample = 0.5, True
    assert usual_options() == Options(top_p=0.5, do_sample=True)
