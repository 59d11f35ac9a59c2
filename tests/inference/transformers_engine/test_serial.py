"""Architectures that cannot be batched keep the contract, one run at a time."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from inference.backends.base import Backend
from inference.events import TextDelta
from inference.transformers_engine.backend import FolderModel, TransformersBackend
from inference.types import ModelCard, ModelNote
from tests.inference.backends.contract import ignore, read, request
from tests.inference.transformers_engine.any_model import save_any_model
from tests.inference.transformers_engine.transformers_contract import TransformersContract

ODD: dict[str, dict[str, object]] = {"mistral": {"sliding_window": 16}, "mamba": {}}


@pytest.fixture(scope="module", params=sorted(ODD))
def folder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made: Path = tmp_path_factory.mktemp("models") / request.param
    save_any_model(request.param, made, **ODD[request.param])
    return made


@pytest_asyncio.fixture
async def loaded(folder: Path) -> AsyncIterator[TransformersBackend]:
    card = ModelCard("m", "M", "transformers", slots=8)
    made = TransformersBackend(card, FolderModel(folder, 512))
    await made.load(ignore)
    yield made
    await made.close()


class TestSerial(TransformersContract):
    @pytest.fixture
    def backend(self, loaded: TransformersBackend) -> Backend:
        return loaded

    async def test_the_card_reports_one_at_a_time(self, backend: Backend) -> None:
        assert backend.card.slots == 1
        assert backend.card.notes == (ModelNote.ONE_AT_A_TIME,)

    async def test_a_seed_gives_the_same_text(self, backend: Backend) -> None:
        wanted = request("Tell me something.", max_new_tokens=12, temperature=1, seed=5)
        first = (await read(backend.generate(wanted)))[:-1]
        assert (await read(backend.generate(wanted)))[:-1] == first
        other = request("Tell me something.", max_new_tokens=12, temperature=1, seed=6)
        assert (await read(backend.generate(other)))[:-1] != first

    async def test_a_run_that_comes_too_early_is_served_next(self, backend: Backend) -> None:
        events = backend.generate(request("Tell a long story."))
        await anext(events)
        second = asyncio.create_task(read(backend.generate(request("Hi", max_new_tokens=3))))
        await events.aclose()
        assert any(isinstance(event, TextDelta) for event in await second)
