"""Backends of scripted upstreams."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

from inference.backends.base import Backend
from inference.events import GenerationEvent, GenerationFinished, TextDelta
from inference.remote.account import Account
from inference.remote.openai_compatible import OpenAiCompatibleBackend, RemoteSettings
from inference.remote.remote_model import RemoteModel
from tests.inference.backends.contract import read, request
from tests.inference.remote.upstream import Upstream, upstream
from tests.inference.remote.upstream_scenarios import SCENARIOS

KEY = "sk-very-secret-1234567890"


def account(url: str, preset: str = "vllm", key: str = KEY) -> Account:
    """At a scripted upstream."""
    return Account(preset, "Testmodels", url, lambda: key)


def backend_of(
    account: Account, name: str = "m", context: int | None = None, silence: float = 30.0
) -> OpenAiCompatibleBackend:
    """A model of that account."""
    settings = RemoteSettings(slots=2, silence_seconds=silence)
    return OpenAiCompatibleBackend(f"test/{name}", RemoteModel(account, name, context), settings)


@asynccontextmanager
async def played(
    scenario: str, preset: str = "vllm", name: str = "m", silence: float = 30.0
) -> AsyncIterator[tuple[OpenAiCompatibleBackend, Upstream]]:
    """A backend whose provider plays a scenario."""
    async with upstream(SCENARIOS[scenario]) as server:
        backend = backend_of(account(server.url, preset), name, silence=silence)
        yield backend, server
        await backend.close()


async def received(backend: Backend, **options: Any) -> list[GenerationEvent]:
    """Its events for a greeting."""
    return await read(backend.generate(request("你好吗", **options)))


def texts(events: list[GenerationEvent]) -> dict[str, str]:
    """The text of each channel."""
    generated = {"reasoning": "", "answer": ""}
    for event in events:
        if isinstance(event, TextDelta):
            generated[event.channel] += event.text
    return generated


def end(events: list[GenerationEvent]) -> GenerationFinished:
    """The one end, which comes last."""
    *_, last = events
    assert isinstance(last, GenerationFinished)
    assert sum(isinstance(event, GenerationFinished) for event in events) == 1
    return last


def going_on(
    backend: Backend, answer: str, reasoning: str = ""
) -> AsyncGenerator[GenerationEvent, None]:
    """The continued answer to a greeting."""
    wanted = replace(
        request("你好吗", max_new_tokens=20), answer_so_far=answer, reasoning_so_far=reasoning
    )
    return backend.generate(wanted)
