"""Several servers of one model: asked in turns, and one for the other."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

import pytest

from inference.errors import InferenceError, InferenceErrorCode
from inference.remote import replicas
from inference.remote.openai_compatible import OpenAiCompatibleBackend
from tests.inference.backends.contract import read, request, text_of
from tests.inference.remote.models import account, backend_of, received
from tests.inference.remote.upstream import Scenario, Upstream, upstream
from tests.inference.remote.upstream_scenarios import SCENARIOS, cut_at_once, refusal
from tests.patience import PATIENCE


@asynccontextmanager
async def _several(number: int) -> AsyncIterator[tuple[OpenAiCompatibleBackend, list[Upstream]]]:
    async with AsyncExitStack() as stack:
        servers = [
            await stack.enter_async_context(upstream(SCENARIOS["plain"])) for _ in range(number)
        ]
        backend = backend_of(account("|".join(server.url for server in servers)))
        yield backend, servers
        await backend.close()


async def test_servers_are_asked_in_turns() -> None:
    async with _several(3) as (backend, servers):
        for _ in range(6):
            await received(backend)
        assert [len(server.calls) for server in servers] == [2, 2, 2]


@pytest.mark.parametrize(
    "failure",
    [cut_at_once, refusal(503, {}), SCENARIOS["error_as_text"]],
    ids=["cut at once", "refused", "an error as text"],
)
async def test_before_the_first_text_another_server_answers(failure: Scenario) -> None:
    async with _several(2) as (backend, servers):
        servers[0].scenario = failure
        for _ in range(4):
            assert text_of(await received(backend)) == "你好，世界"
        assert [len(server.calls) for server in servers] == [1, 4]


async def test_a_server_that_is_gone_is_asked_again_once_it_answers(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(replicas, "_CHECK_SECONDS", 0.05)
    async with _several(2) as (backend, servers):
        gone, port = servers[0], servers[0].port
        await gone.stop()
        for _ in range(3):
            assert text_of(await received(backend)) == "你好，世界"
        assert not gone.calls
        await gone.start(port)
        async with asyncio.timeout(PATIENCE):
            while not gone.calls:
                await received(backend)
        assert gone.listings


async def test_after_the_first_text_no_other_server_is_asked() -> None:
    async with _several(2) as (backend, servers):
        for server in servers:
            server.scenario = SCENARIOS["cut"]
        with pytest.raises(InferenceError) as raised:
            await received(backend)
        assert raised.value.code is InferenceErrorCode.PROVIDER_DISCONNECTED
        assert sum(len(server.calls) for server in servers) == 1


async def test_a_refusal_of_the_question_is_not_put_to_another_server() -> None:
    async with _several(2) as (backend, servers):
        for server in servers:
            server.scenario = refusal(400, {"error": {"message": "no"}})
        with pytest.raises(InferenceError):
            await received(backend)
        assert sum(len(server.calls) for server in servers) == 1


async def test_checks_end_when_nothing_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(replicas, "_CHECK_SECONDS", 0.05)
    monkeypatch.setattr(replicas, "_IDLE_SECONDS", 0.2)
    async with _several(2) as (backend, servers):
        await received(backend)
        checks = backend._session.replicas._checks
        assert checks is not None
        await asyncio.wait_for(checks, PATIENCE)
        assert all(server.listings for server in servers)
        await read(backend.generate(request("你好")))
        assert backend._session.replicas._checks is not checks


async def test_one_server_is_never_checked() -> None:
    async with _several(1) as (backend, _):
        await received(backend)
        assert backend._session.replicas._checks is None
