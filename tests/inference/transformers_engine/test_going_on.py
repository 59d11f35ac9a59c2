"""Real weights continue with the very words of an uninterrupted run, greedily and by a seed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from inference.transformers_engine.backend import FolderModel, TransformersBackend
from inference.types import ModelCard
from tests.inference.backends.contract import ignore, read, request, so_far, text_of

pytestmark = pytest.mark.model

OPTIONS: list[dict[str, Any]] = [
    {"temperature": 0.0},
    {"temperature": 1.0, "top_p": 0.9, "seed": 7},
    {"temperature": 0.8, "seed": 8, "repetition_penalty": 1.2, "frequency_penalty": 0.4},
]


@pytest_asyncio.fixture
async def backend(real_folder: Path) -> AsyncIterator[TransformersBackend]:
    card = ModelCard("m", "M", "transformers", slots=2)
    made = TransformersBackend(card, FolderModel(real_folder, 2048, dtype="float32"))
    await made.load(ignore)
    yield made
    await made.close()


@pytest.mark.parametrize("options", OPTIONS, ids=["greedy", "seed", "penalties"])
async def test_cut_at_any_delta_the_whole_is_the_same(
    backend: TransformersBackend, options: dict[str, Any]
) -> None:
    wanted = request("Write two sentences about the sea.", max_new_tokens=24, **options)
    deltas = (await read(backend.generate(wanted)))[:-1]
    for cut in range(1, len(deltas), 3):
        rest = await read(backend.generate(so_far(wanted, deltas[:cut])))
        assert (text_of(deltas[:cut]) + text_of(rest)).startswith(text_of(deltas))
