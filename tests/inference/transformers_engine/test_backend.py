"""A Hugging Face folder in this process keeps the contract."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
import pytest_asyncio

from inference.backends.base import Backend
from inference.errors import InferenceError, InferenceErrorCode
from inference.events import GenerationFinished
from inference.request.history import Fitted
from inference.request.option_rules import NO_FORMAT
from inference.transformers_engine.backend import FolderModel, TransformersBackend
from inference.types import ModelCard, SamplingOptions
from tests.inference.backends.contract import conversation, ignore, read, request
from tests.inference.transformers_engine.transformers_contract import TransformersContract

LAST_QUESTION = 16
"""Tokens of it and of the answer's beginning; in the next turn another question stands there."""


def _backend(folder: Path) -> TransformersBackend:
    return TransformersBackend(ModelCard("m", "M", "transformers", slots=2), FolderModel(folder, 0))


@pytest_asyncio.fixture
async def loaded(qwen3_folder: Path) -> AsyncIterator[TransformersBackend]:
    made = _backend(qwen3_folder)
    await made.load(ignore)
    yield made
    await made.close()


class TestTransformers(TransformersContract):
    @pytest.fixture
    def backend(self, loaded: TransformersBackend) -> Backend:
        return loaded

    async def test_the_second_turn_finds_its_prefix_again(self, backend: Backend) -> None:
        wanted = request("Once upon a time there was a fox. " * 10, max_new_tokens=1)
        await read(backend.generate(wanted))
        end = (await read(backend.generate(wanted)))[-1]
        assert isinstance(end, GenerationFinished)
        assert end.usage.cached_tokens == end.usage.prompt_tokens - 1

    async def test_a_history_that_is_cut_still_finds_its_prefix(self, backend: Backend) -> None:
        """But for the turns at which its beginning moves, which are few."""
        moved, turns, before = -1, 32, Fitted(request("Hi"))
        prompt_tokens = 0
        for turn in range(turns):
            history = conversation(turns=turn, words=8)
            asked = replace(request("Go on.", max_new_tokens=1), messages=history)
            fitted = await backend.fit(asked)
            end = (await read(backend.generate(fitted.request)))[-1]
            assert isinstance(end, GenerationFinished)
            if turn and fitted.dropped_turns == before.dropped_turns:
                assert end.usage.cached_tokens >= prompt_tokens - LAST_QUESTION
            else:
                moved += 1
            before, prompt_tokens = fitted, end.usage.prompt_tokens
        assert before.dropped_turns > 8
        assert 0 < moved <= turns // 5

    async def test_the_whole_length_is_prompt_and_answer(self, backend: Backend) -> None:
        short = (await read(backend.generate(request("Hi", max_new_tokens=1))))[-1]
        assert isinstance(short, GenerationFinished)
        longest = short.usage.prompt_tokens + 3
        end = (await read(backend.generate(request("Hi", max_length=longest))))[-1]
        assert isinstance(end, GenerationFinished)
        assert (end.reason, end.usage.completion_tokens) == ("length", 3)

    async def test_a_question_that_fills_the_whole_length_is_refused(
        self, backend: Backend
    ) -> None:
        with pytest.raises(InferenceError) as raised:
            await read(backend.generate(request("Hi", max_length=2)))
        assert raised.value.code is InferenceErrorCode.CONTEXT_EXCEEDED
        assert raised.value.detail["limit"] == 2

    async def test_its_card_lists_no_formats(self, backend: Backend) -> None:
        assert NO_FORMAT in backend.card.option_rules

    async def test_a_seed_gives_the_same_text(self, backend: Backend) -> None:
        wanted = request("Tell me something.", max_new_tokens=12, temperature=1, seed=5)
        first = (await read(backend.generate(wanted)))[:-1]
        assert (await read(backend.generate(wanted)))[:-1] == first


async def test_who_samples_without_a_top_k_has_that_of_transformers(
    loaded: TransformersBackend,
) -> None:
    assert loaded._model is not None
    options = loaded._model._options
    assert options(SamplingOptions(do_sample=True)).top_k == 50
    assert options(SamplingOptions(do_sample=True, top_k=0)).top_k == 0
    assert options(SamplingOptions(do_sample=False)).top_k is None


async def test_progress_is_reported(qwen3_folder: Path) -> None:
    seen: list[float | None] = []
    backend = _backend(qwen3_folder)
    await backend.load(lambda state, progress, download=None: seen.append(progress))
    await backend.close()
    assert seen[0] == 0.0
    assert seen[-1] == 1.0


async def test_a_folder_without_a_config_is_missing(tmp_path: Path) -> None:
    with pytest.raises(InferenceError) as raised:
        await _backend(tmp_path).load(ignore)
    assert raised.value.code is InferenceErrorCode.MODEL_FILE_MISSING


async def test_weights_cut_short_are_damaged(tmp_path: Path, qwen3_folder: Path) -> None:
    folder = tmp_path / "short"
    shutil.copytree(qwen3_folder, folder)
    weights = folder / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[: 1 << 20])
    with pytest.raises(InferenceError) as raised:
        await _backend(folder).load(ignore)
    assert raised.value.code is InferenceErrorCode.MODEL_FILE_DAMAGED
