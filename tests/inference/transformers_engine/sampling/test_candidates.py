"""What can be drawn is exactly what transformers' processors leave."""

from __future__ import annotations

import random
from typing import Any

import pytest
import torch
from transformers import (
    LogitsProcessorList,
    MinPLogitsWarper,
    RepetitionPenaltyLogitsProcessor,
    TemperatureLogitsWarper,
    TopKLogitsWarper,
    TopPLogitsWarper,
)

from inference.request.option_floors import LEAST_TEMPERATURE
from inference.transformers_engine.sampling import candidates, whole_vocabulary
from inference.transformers_engine.sampling.sampler import sample
from inference.transformers_engine.sampling.sampler_state import Row, SamplerState
from inference.types import SamplingOptions

BATCHES = 120
ROWS = 25
"""BATCHES * ROWS are 3,000 settings."""
SIZES = (1, 2, 3, 17, 64, 65, 72, 500, 3000)
WANTED = 1e35
"""Noise beyond every score."""


def _chosen(dice: random.Random) -> dict[str, Any]:
    drawn: dict[str, Any] = {
        "temperature": dice.choice((10 ** dice.uniform(-44, 4), dice.uniform(0.05, 3), 1.0)),
        "top_k": dice.choice((0, 1, dice.randint(1, 80), dice.randint(1, 2000))),
        "top_p": dice.choice((0.0, 1.0, dice.random(), 0.5, 0.9, 1 - 10 ** dice.uniform(-7, -1))),
        "min_p": dice.choice((0.0, 1.0, dice.random(), 10 ** dice.uniform(-6, 0))),
        "repetition_penalty": dice.choice((1.0, dice.uniform(0.5, 2))),
    }
    return {name: value for name, value in drawn.items() if dice.random() < 0.6}


def _logits(dice: random.Random, size: int) -> torch.Tensor:
    generator = torch.Generator().manual_seed(dice.getrandbits(32))
    spread = dice.choice((0.01, 1.0, 3.0, 12.0))
    logits = torch.randn(1, size, generator=generator) * spread
    return logits.to(dice.choice((torch.float32, torch.bfloat16))).float()


def _reference(logits: torch.Tensor, prompt: list[int], options: dict[str, Any]) -> torch.Tensor:
    """In the order in which `generate` builds them."""
    chain = LogitsProcessorList()
    if "repetition_penalty" in options:
        chain.append(RepetitionPenaltyLogitsProcessor(options["repetition_penalty"]))
    if "temperature" in options:
        # With less, transformers' own scores overflow to not-a-number.
        chain.append(TemperatureLogitsWarper(max(options["temperature"], LEAST_TEMPERATURE)))
    if options.get("top_k"):
        chain.append(TopKLogitsWarper(options["top_k"]))
    if options.get("top_p", 1.0) < 1:
        chain.append(TopPLogitsWarper(options["top_p"]))
    if "min_p" in options:
        chain.append(MinPLogitsWarper(options["min_p"]))
    scores: torch.Tensor = chain(torch.tensor([prompt]), logits.clone())
    return scores[0] > -torch.inf


def _prefer(monkeypatch: pytest.MonkeyPatch, wanted: list[int]) -> None:
    """Make the noise decide for one token, by the row's key, wherever the filters leave it."""

    def noise(keys: torch.Tensor, tokens: torch.Tensor) -> torch.Tensor:
        favourites = torch.tensor([[wanted[int(key)]] for key in keys[:, 0]])
        return (tokens == favourites) * WANTED

    for module in (candidates, whole_vocabulary):
        monkeypatch.setattr(module, "gumbel", noise)
    monkeypatch.setattr(
        "inference.transformers_engine.sampling.filters.draw_key", lambda seed, _position: seed
    )


def _weakest_in(logits: torch.Tensor, support: torch.Tensor) -> int:
    return int(torch.where(support, logits[0], torch.inf).argmin())


def _strongest_outside(logits: torch.Tensor, support: torch.Tensor) -> int:
    return int(torch.where(support, -torch.inf, logits[0]).argmax())


@pytest.mark.parametrize("seed", range(BATCHES))
def test_the_support_is_that_of_transformers(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    dice = random.Random(seed)
    size = dice.choice(SIZES)
    logits = torch.cat([_logits(dice, size) for _ in range(ROWS)])
    prompts = [[dice.randrange(size) for _ in range(5)] for _ in range(ROWS)]
    chosen = [_chosen(dice) for _ in range(ROWS)]
    rows = [
        Row(SamplerState(SamplingOptions(seed=at, **options)), 0, prompt, [])
        for at, (options, prompt) in enumerate(zip(chosen, prompts, strict=True))
    ]
    supports = [
        _reference(logits[at : at + 1], prompt, options)
        for at, (options, prompt) in enumerate(zip(chosen, prompts, strict=True))
    ]
    each = [(logits[at : at + 1], support) for at, support in enumerate(supports)]
    wanted = [_weakest_in(*one) for one in each]
    _prefer(monkeypatch, wanted)
    assert sample(logits.clone(), rows) == wanted
    unwanted = [_strongest_outside(*one) for one in each]
    _prefer(monkeypatch, unwanted)
    for token, support in zip(sample(logits.clone(), rows), supports, strict=True):
        assert support[token]


@pytest.mark.parametrize("temperature", [1e-44, 1e-38, 1e-10, 1e-3])
def test_the_least_temperatures_take_the_likeliest(temperature: float) -> None:
    logits = torch.tensor([[-300.0, -2.0, -1.0, -1.5, -90.0]])
    for top_p in (0.9, None):
        row = Row(
            SamplerState(SamplingOptions(temperature=temperature, top_p=top_p, seed=3)), 0, [], []
        )
        assert sample(logits.clone(), [row]) == [2]


def test_equals_at_the_last_place_of_top_k_all_stay() -> None:
    logits = torch.zeros(1, 300)
    logits[0, 0] = 1.0
    rows = [Row(SamplerState(SamplingOptions(top_k=2, seed=at)), 0, [], []) for at in range(2000)]
    assert len(set(sample(logits.repeat(2000, 1), rows))) > 290
