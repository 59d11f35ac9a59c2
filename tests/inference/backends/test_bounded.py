"""A backend within bounds keeps the contract, and its answers the bounds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from inference import EngineConfig, open_engine
from inference.backends.base import Backend
from inference.backends.bounded import BoundedBackend
from inference.backends.scenarios import SCENARIOS
from inference.backends.scripted import ScriptedBackend
from inference.events import GenerationFinished
from inference.request.bounds import Bounds
from inference.types import Usage
from tests.inference.backends.contract import BackendContract, read, request
from tests.inference.backends.test_scripted import TestScripted


class TestBounded(BackendContract):
    @pytest.fixture
    def backend(self) -> Backend:
        return BoundedBackend(ScriptedBackend(SCENARIOS["endless"], slots=2, tempo=0), Bounds(4000))

    def break_next_run(self, backend: Backend, monkeypatch: pytest.MonkeyPatch) -> None:
        TestScripted().break_next_run(_inner(backend), monkeypatch)

    def crash(self, backend: Backend, monkeypatch: pytest.MonkeyPatch) -> None:
        TestScripted().crash(_inner(backend), monkeypatch)

    def hang(self, backend: Backend, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
        return TestScripted().hang(_inner(backend), monkeypatch)


def _inner(backend: Backend) -> Backend:
    assert isinstance(backend, BoundedBackend)
    return backend._backend


def _bounded(name: str, bounds: Bounds) -> BoundedBackend:
    return BoundedBackend(ScriptedBackend(SCENARIOS[name], slots=1, tempo=0), bounds)


async def test_an_answer_ends_at_the_limit() -> None:
    end = (await read(_bounded("endless", Bounds(7)).generate(request("数"))))[-1]
    assert isinstance(end, GenerationFinished)
    assert (end.reason, end.usage.completion_tokens) == ("length", 7)


async def test_an_answer_that_has_used_it_up_is_not_begun_again() -> None:
    wanted = replace(request("数"), answer_so_far="1 个数字", tokens_so_far=7)
    (end,) = await read(_bounded("endless", Bounds(7)).generate(wanted))
    assert end == GenerationFinished("length", Usage(0, 0))


async def test_an_answer_that_repeats_itself_is_stopped() -> None:
    end = (await read(_bounded("loop", Bounds()).generate(request("说"))))[-1]
    assert isinstance(end, GenerationFinished)
    assert end.reason == "repetition"


async def test_every_model_of_an_engine_is_bounded() -> None:
    config = EngineConfig(("scripted/loop",), Path("models"), bounds=Bounds(500))
    engine = open_engine(config)
    engine.load_default()
    wanted = replace(request("说"), model="scripted/loop")
    *_, end = [event async for event in engine.generate(wanted)]
    assert isinstance(end, GenerationFinished)
    assert end.reason == "repetition"
    await engine.close()
