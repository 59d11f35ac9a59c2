"""A remote model keeps the contract of all backends; its failures are not the model's."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import replace

import pytest
import pytest_asyncio

from inference.backends.base import Backend
from inference.engine import Engine
from inference.errors import InferenceError, InferenceErrorCode
from inference.events import Started, TextDelta
from inference.remote.account import Account
from inference.restarts import Recovery
from inference.types import ModelState
from tests.inference.backends.contract import BackendContract, ignore, read, request
from tests.inference.remote.models import account, backend_of, end, played, received
from tests.inference.remote.upstream import Upstream, upstream
from tests.inference.remote.upstream_scenarios import CONTEXT_TOKENS, SCENARIOS, story
from tests.patience import PATIENCE


class TestOpenAiCompatible(BackendContract):
    failed = InferenceErrorCode.PROVIDER_FAILED
    crashed = InferenceErrorCode.PROVIDER_DISCONNECTED
    stalled = InferenceErrorCode.PROVIDER_TIMEOUT

    @pytest_asyncio.fixture
    async def server(self) -> AsyncIterator[Upstream]:
        async with upstream(story) as server:
            self.upstream = server
            yield server

    @pytest_asyncio.fixture
    async def backend(  # type: ignore[override]
        self, server: Upstream
    ) -> AsyncIterator[Backend]:
        backend = backend_of(account(server.url), context=CONTEXT_TOKENS, silence=3.0)
        yield backend
        await backend.close()

    def break_next_run(self, backend: Backend, monkeypatch: pytest.MonkeyPatch) -> None:
        self.upstream.next.append(SCENARIOS["error_in_the_middle"])

    def crash(self, backend: Backend, monkeypatch: pytest.MonkeyPatch) -> None:
        self.upstream.next.append(SCENARIOS["cut"])

    def hang(self, backend: Backend, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
        self.upstream.next.append(SCENARIOS["silence"])
        return lambda: None


async def test_closing_the_iterator_closes_the_stream_at_the_provider() -> None:
    async with played("story") as (backend, server):
        events = backend.generate(request("你好"))
        assert isinstance(await anext(events), TextDelta)
        assert not server.left.is_set()
        await events.aclose()
        await asyncio.wait_for(server.left.wait(), PATIENCE)


async def test_a_closed_backend_ends_who_waits_for_a_silent_provider() -> None:
    async with played("silence") as (backend, server):
        events = backend.generate(request("你好"))
        await anext(events)
        waiting = asyncio.ensure_future(anext(events))
        await asyncio.sleep(0.05)
        await backend.close()
        with pytest.raises(InferenceError) as raised:
            await asyncio.wait_for(waiting, PATIENCE)
        assert raised.value.code is InferenceErrorCode.SHUTTING_DOWN
        await asyncio.wait_for(server.left.wait(), PATIENCE)


async def test_a_provider_that_is_silent_is_no_hanging_model() -> None:
    async with played("silence", silence=1.0) as (backend, _):
        engine = Engine([backend], queue_length=4, recovery=Recovery(stall_seconds=0.2))
        with pytest.raises(InferenceError) as raised:
            await _ask(engine)
        await engine.close()
        assert raised.value.code is InferenceErrorCode.PROVIDER_TIMEOUT


async def test_failures_in_a_row_leave_the_model_ready() -> None:
    async with upstream(SCENARIOS["error_as_text"]) as server:
        backend = backend_of(account(server.url))
        engine = Engine([backend], queue_length=4, recovery=Recovery(delays=()))
        for _ in range(4):
            with pytest.raises(InferenceError) as raised:
                await _ask(engine)
            assert raised.value.code is InferenceErrorCode.PROVIDER_FAILED
        assert [card.state for card in engine.models()] == [ModelState.READY]
        server.scenario = story
        assert any(isinstance(event, Started) for event in await _ask(engine))
        await engine.close()


async def _ask(engine: Engine) -> list[object]:
    wanted = replace(request("你好", max_new_tokens=2), model="test/m")
    return [event async for event in engine.generate(wanted)]


def test_a_provider_elsewhere_is_named_and_one_on_this_computer_is_local() -> None:
    away = backend_of(account("https://api.example.com/v1")).card
    here = backend_of(account("http://127.0.0.1:8000/v1|http://localhost:8001")).card
    both = backend_of(account("http://127.0.0.1:8000|http://192.168.1.7:8000")).card
    assert [(c.local, c.provider) for c in (away, here, both)] == [
        (False, "Testmodels"),
        (True, ""),
        (False, "Testmodels"),
    ]
    assert here.memory is None


async def test_a_missing_key_is_reported_with_the_variable_and_one_entered_later_is_used() -> None:
    async with upstream(story) as server:
        keys = {"now": ""}
        backend = backend_of(Account("deepseek", "DeepSeek", server.url, lambda: keys["now"]))
        states = [backend.card.state]
        with pytest.raises(InferenceError) as raised:
            await backend.load(ignore)
        assert raised.value.code is InferenceErrorCode.PROVIDER_KEY_MISSING
        assert raised.value.detail == {"provider": "DeepSeek", "variable": "DEEPSEEK_API_KEY"}
        for key in ("sk-first", "sk-second\n"):
            keys["now"] = key
            await backend.load(ignore)
            states.append(backend.card.state)
            end(await received(backend, max_new_tokens=2))
        assert states == [ModelState.UNLOADED, ModelState.READY, ModelState.READY]
        sent = [call.headers["authorization"] for call in server.calls]
        assert sent == ["Bearer sk-first", "Bearer sk-second"]
        await backend.close()


async def test_nothing_of_this_computer_or_of_openais_variables_is_sent(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("OPENAI_ORG_ID", "OPENAI_PROJECT_ID", "OPENAI_ADMIN_KEY", "OPENAI_API_KEY"):
        monkeypatch.setenv(name, "private")
    monkeypatch.setenv("OPENAI_CUSTOM_HEADERS", "X-Private: private")
    async with played("plain") as (backend, server):
        await received(backend)
        headers = server.calls[0].headers
    assert "private" not in str(headers)
    assert headers["user-agent"] == "MyLLM"
    assert not [name for name in headers if name.startswith("x-stainless")]


async def test_connections_are_used_again() -> None:
    async with played("plain") as (backend, server):
        for _ in range(3):
            await received(backend)
        assert server.connections == 1


async def test_the_only_model_of_a_server_is_found() -> None:
    async with upstream(story) as server:
        server.models = {"data": [{"id": "/models/Qwen3-4B.gguf", "max_model_len": 2048}]}
        backend = backend_of(account(server.url), name="")
        assert backend.card.state is ModelState.UNLOADED
        await backend.load(ignore)
        card = backend.card
        assert (card.name, card.state, card.context_tokens) == ("Qwen3-4B", ModelState.READY, 2048)
        await received(backend, max_new_tokens=2)
        assert server.calls[0].body["model"] == "/models/Qwen3-4B.gguf"
        await backend.close()


@pytest.mark.parametrize(
    ("models", "generated"),
    [(["a", "b"], "it lists 2 models, name one after a #: a, b"), (["bge-m3"], "no model")],
)
async def test_of_several_models_one_has_to_be_named(models: list[str], generated: str) -> None:
    async with upstream(story) as server:
        server.models = {"data": [{"id": name} for name in models]}
        backend = backend_of(account(server.url), name="")
        with pytest.raises(InferenceError, match=generated):
            await backend.load(ignore)
        await backend.close()


async def test_a_context_is_learned_from_the_list_and_from_a_refusal() -> None:
    async with upstream(story) as server:
        server.models = {"data": [{"id": "m", "max_model_len": 2048}]}
        listed = backend_of(account(server.url))
        await listed.fit(request("你好"))
        assert listed._learning is not None
        await listed._learning
        assert listed.card.context_tokens == 2048
        unlisted = backend_of(account(server.url, "openai"))
        with pytest.raises(InferenceError):
            await read(unlisted.generate(request("word " * CONTEXT_TOKENS)))
        assert unlisted.card.context_tokens == CONTEXT_TOKENS
        for backend in (listed, unlisted):
            await backend.close()
