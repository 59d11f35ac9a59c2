"""Each row is drawn by its own options, and alike alone and in a batch."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
import torch
from transformers import (
    LogitsProcessorList,
    MinPLogitsWarper,
    TemperatureLogitsWarper,
    TopKLogitsWarper,
    TopPLogitsWarper,
)

from inference.transformers_engine.sampling.sampler import sample
from inference.transformers_engine.sampling.sampler_state import Row, SamplerState
from inference.types import SamplingOptions

WORDS = 500


def _logits(rows: int = 1, seed: int = 0, scale: float = 3.0) -> torch.Tensor:
    return torch.randn(rows, WORDS, generator=torch.Generator().manual_seed(seed)) * scale


def _row(
    *, prompt: list[int] | None = None, generated: list[int] | None = None, **options: float
) -> Row:
    return Row(SamplerState(SamplingOptions(**options)), 0, prompt or [], generated or [])  # type: ignore[arg-type]


def _often(logits: torch.Tensor, row: Row, times: int = 4000) -> Counter[int]:
    batches = [
        [replace(row, position=position) for position in range(begin, begin + 100)]
        for begin in range(0, times, 100)
    ]
    return Counter(token for batch in batches for token in sample(logits.repeat(100, 1), batch))


def test_zero_temperature_is_greedy() -> None:
    logits = _logits(4)
    assert sample(logits.clone(), [_row(temperature=0)] * 4) == logits.argmax(-1).tolist()


@pytest.mark.parametrize("temperature", [0, 1e-300, 1e-45, 1e-25, 0.5])
@pytest.mark.parametrize("penalty", [1e-300, 1e-45, 1e-6])
def test_the_least_of_what_is_taken_leaves_the_likeliest_of_what_was_generated(
    temperature: float, penalty: float
) -> None:
    logits = _logits()
    logits[0, 7], logits[0, 8], logits[0, 9] = 0, 1000, 999
    row = _row(generated=[7, 8, 9], temperature=temperature, repetition_penalty=penalty)
    assert sample(logits, [row]) == [8]


def test_a_seed_draws_the_same_alone_and_in_a_batch() -> None:
    logits = _logits(5)
    alone = [sample(logits[i : i + 1].clone(), [_row(seed=i)])[0] for i in range(5)]
    assert sample(logits.clone(), [_row(seed=i) for i in range(5)]) == alone


def test_a_draw_is_the_same_when_it_is_repeated_and_another_at_the_next_position() -> None:
    logits = torch.zeros(1, WORDS)
    first, again = (sample(logits.clone(), [_row(seed=5)]) for _ in range(2))
    assert first == again
    drawn = {sample(logits.clone(), [replace(_row(seed=5), position=at)])[0] for at in range(20)}
    assert len(drawn) > 15


def test_rounding_does_not_move_a_draw_among_many_alike() -> None:
    logits = _logits(40, scale=0.01)
    rows = [_row(seed=at, temperature=1.5) for at in range(40)]
    exact = sample(logits.clone(), rows)
    assert sample(logits + 1e-6 * torch.randn(logits.shape), rows) == exact


def test_sampling_switched_off_is_greedy_whatever_the_temperature() -> None:
    logits = _logits(3)
    rows = [_row(temperature=2.0, do_sample=False) for _ in range(3)]
    assert sample(logits.clone(), rows) == logits.argmax(-1).tolist()


def test_log_probabilities_are_the_models_own_whatever_the_options() -> None:
    logits = _logits()
    row = _row(temperature=0.1, logprobs=3, repetition_penalty=1.5, prompt=[1, 2, 3])
    (token,) = sample(logits.clone(), [row])
    (drawn,) = row.sampler.drawn
    wanted = logits[0].log_softmax(-1)
    assert drawn.token == token
    assert drawn.logprob == pytest.approx(float(wanted[token]), abs=1e-5)
    assert [which for which, _ in drawn.likeliest] == wanted.topk(3).indices.tolist()


def test_rows_keep_their_own_options() -> None:
    logits = _logits().repeat(3, 1)
    rows = [_row(temperature=0), _row(top_k=1, seed=1), _row(temperature=100.0, seed=2)]
    first, second, third = sample(logits.clone(), rows)
    assert first == second == int(logits[0].argmax())
    assert third != first


@pytest.mark.parametrize(
    "options",
    [
        {"top_k": 5},
        {"top_p": 0.5},
        {"min_p": 0.2},
        {"temperature": 0.5, "top_k": 20, "top_p": 0.8, "min_p": 0.05},
        {"top_p": 0.999, "temperature": 3.0},
        {"top_k": 200, "temperature": 3.0},
    ],
    ids=str,
)
def test_the_tokens_that_can_come_are_those_of_transformers(options: dict[str, float]) -> None:
    logits = _logits()
    drawn = _often(logits, _row(seed=3, **options))  # type: ignore[arg-type]
    chances = _reference(logits, options)
    assert all(chances[token] > 0 for token in drawn)
    likely = [token for token in range(WORDS) if chances[token] > 0.02]
    for token in likely:
        assert drawn[token] / drawn.total() == pytest.approx(float(chances[token]), abs=0.03)


def test_unfiltered_sampling_reaches_beyond_the_candidates() -> None:
    drawn = _often(torch.zeros(1, WORDS), _row(seed=1))
    assert len(drawn) > 400


def test_a_repetition_is_less_likely_whatever_its_sign() -> None:
    logits = torch.full((1, WORDS), -5.0)
    logits[0, 1], logits[0, 2] = 2.0, 1.9
    row = _row(temperature=0, repetition_penalty=1.2, prompt=[1])
    assert sample(logits.clone(), [row]) == [2]
    negative = torch.full((1, WORDS), -9.0)
    negative[0, 1], negative[0, 2] = -2.0, -2.1
    assert sample(negative, [row]) == [2]


def test_presence_and_frequency_count_what_was_generated() -> None:
    logits = torch.zeros(1, WORDS)
    logits[0, 1], logits[0, 2] = 2.0, 1.5
    once = _row(temperature=0, presence_penalty=1.0, prompt=[2], generated=[1, 1])
    assert sample(logits.clone(), [once]) == [2]
    twice = _row(temperature=0, frequency_penalty=0.4, generated=[1, 1])
    assert sample(logits.clone(), [twice]) == [2]
    rarely = _row(temperature=0, frequency_penalty=0.2, generated=[1, 1])
    assert sample(logits.clone(), [rarely]) == [1]


def _reference(logits: torch.Tensor, options: dict[str, float]) -> torch.Tensor:
    warpers = LogitsProcessorList()
    if "temperature" in options:
        warpers.append(TemperatureLogitsWarper(options["temperature"]))
    if "top_k" in options:
        warpers.append(TopKLogitsWarper(int(options["top_k"])))
    if "top_p" in options:
        warpers.append(TopPLogitsWarper(options["top_p"]))
    if "min_p" in options:
        warpers.append(MinPLogitsWarper(options["min_p"]))
    scores: torch.Tensor = warpers(torch.zeros(1, 1, dtype=torch.long), logits.clone())
    return scores.softmax(-1)[0]
