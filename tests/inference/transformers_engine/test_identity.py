"""The shapes of Llama, Qwen2 and Qwen3 with random weights generate what `generate` does."""

from __future__ import annotations

import random

import pytest

from inference.transformers_engine.model.static_decode import Capture
from tests.inference.transformers_engine.identity import Case, GreedyIdentity
from tests.inference.transformers_engine.replayed import replayed
from tests.inference.transformers_engine.tiny_models import ARCHITECTURES, VOCABULARY, tiny_model

NEW_TOKENS = 16
LENGTHS = (1, 2, 3, 17, 31, 32, 33, 64, 65, 100, 150, 200)
"""From one token to several pieces, and around the places where lengths are rounded."""


def _prompts() -> list[list[int]]:
    chance = random.Random(7)
    lengths = (LENGTHS * 3)[:32]
    return [[chance.randrange(VOCABULARY) for _ in range(length)] for length in lengths]


@pytest.fixture(scope="module", params=sorted(ARCHITECTURES))
def case(request: pytest.FixtureRequest) -> Case:
    return Case.of(tiny_model(request.param), _prompts(), NEW_TOKENS)


class TestTinyModels(GreedyIdentity):
    @pytest.fixture(params=[None, replayed], ids=["packed", "replayed"])
    def capture(self, request: pytest.FixtureRequest) -> Capture | None:
        """Static steps are what a GPU captures."""
        how: Capture | None = request.param
        return how

    @pytest.fixture(params=range(2))
    def seed(self, request: pytest.FixtureRequest) -> int:
        number: int = request.param
        return number
