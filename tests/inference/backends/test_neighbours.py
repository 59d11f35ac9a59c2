"""The text of a run depends neither on the batch nor on another model."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from inference.transformers_engine.backend import FolderModel, TransformersBackend
from inference.types import GenerationRequest, ModelCard
from tests.inference.backends.contract import ignore, read, request, text_of
from tests.inference.transformers_engine.tiny_models import save_tiny_model

SLOTS = 16
NEW_TOKENS = 24
DEFAULTS: dict[str, Any] = {"max_new_tokens": NEW_TOKENS, "temperature": 1.0}
"""Random weights find 150,000 tokens almost equally likely: no draw is as easily moved."""
OPTIONS: tuple[dict[str, Any], ...] = (
    {"temperature": 0.0},
    {"seed": 1},
    {"seed": 2, "temperature": 1.5},
    {"seed": 3, "top_k": 3},
    {"seed": 4, "top_p": 0.6},
    {"seed": 5, "min_p": 0.2},
    {"seed": 6, "repetition_penalty": 1.4},
    {"temperature": 0.0, "repetition_penalty": 1.2},
    {"seed": 7, "presence_penalty": 1.5},
    {"temperature": 0.0, "frequency_penalty": 1.1},
    {"seed": 8, "enable_thinking": False},
    {"seed": 9, "stop": ("a", "e")},
    {"seed": 10, "max_new_tokens": 3},
    {"seed": 11, "temperature": 0.8, "top_k": 40, "top_p": 0.9, "min_p": 0.01},
    {"seed": 12, "presence_penalty": 0.5, "frequency_penalty": 0.5, "repetition_penalty": 1.1},
    {"seed": 13, "top_k": 1000},
)


@pytest.fixture(scope="module")
def llama_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("models") / "Llama-Tiny"
    save_tiny_model("llama", folder, tokenizer_of="deepseek")
    return folder


@asynccontextmanager
async def opened(folder: Path) -> AsyncIterator[TransformersBackend]:
    card = ModelCard(folder.name, "M", "transformers", slots=SLOTS)
    backend = TransformersBackend(card, FolderModel(folder, SLOTS * 256, dtype="float32"))
    await backend.load(ignore)
    yield backend
    await backend.close()


@pytest_asyncio.fixture
async def backend(qwen3_folder: Path) -> AsyncIterator[TransformersBackend]:
    async with opened(qwen3_folder) as made:
        yield made


async def generated(backend: TransformersBackend, wanted: GenerationRequest) -> str:
    return text_of(await read(backend.generate(wanted)))


def requests() -> list[GenerationRequest]:
    """One for every slot, each with options of its own."""
    return [
        request(f"Story {n}: " + "word " * 3 * n, **{**DEFAULTS, **options})
        for n, options in enumerate(OPTIONS)
    ]


async def test_every_option_means_the_same_alone_and_in_a_full_batch(
    backend: TransformersBackend,
) -> None:
    alone = [await generated(backend, wanted) for wanted in requests()]
    together = await asyncio.gather(*(generated(backend, wanted) for wanted in requests()))
    assert together == alone
    assert all(alone)


async def test_seeds_distinguish_runs(backend: TransformersBackend) -> None:
    wanted = [request("Tell me.", seed=seed, **DEFAULTS) for seed in range(8)]
    assert len({await generated(backend, one) for one in wanted}) == len(wanted)


async def test_two_models_at_once_generate_what_each_does_alone(
    qwen3_folder: Path, llama_folder: Path
) -> None:
    wanted = [request(f"Story {n}.", seed=n, **DEFAULTS) for n in range(6)]
    async with AsyncExitStack() as stack:
        folders = (qwen3_folder, llama_folder)
        models = [await stack.enter_async_context(opened(folder)) for folder in folders]
        alone = [[await generated(model, one) for one in wanted] for model in models]
        together = await asyncio.gather(
            *(asyncio.gather(*(generated(model, one) for one in wanted)) for model in models)
        )
        assert [*map(list, together)] == alone
