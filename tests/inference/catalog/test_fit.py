"""Whether a model fits, and how fast it will be."""

from __future__ import annotations

import pytest

from inference.catalog.fit import (
    Machine,
    Verdict,
    judge,
    memory_needed,
    reading_rate,
    seconds_per_token,
)
from inference.catalog.shape import ModelShape
from inference.model_memory.computer_memory import Memory

GB = 1_000_000_000
SMOLLM2 = ModelShape.uniform(30, 3, 64, 576, 49_152)
QWEN = ModelShape.uniform(24, 2, 64, 896, 151_936)


@pytest.mark.parametrize(
    ("weights", "shape", "tokens", "measured"),
    [
        (98_362_432, SMOLLM2, 16_384, 543_000_000),
        (98_362_432, SMOLLM2, 8_192, 355_000_000),
        (98_362_432, SMOLLM2, 4_096, 261_000_000),
        (491_400_064, QWEN, 16_384, 843_000_000),
        (491_400_064, QWEN, 8_192, 744_000_000),
        (491_400_064, QWEN, 4_096, 694_000_000),
    ],
)
def test_the_estimate_is_what_was_measured(
    weights: int, shape: ModelShape, tokens: int, measured: int
) -> None:
    assert memory_needed(weights, shape, tokens) == pytest.approx(measured, rel=0.1)


def test_a_model_of_unknown_shape_is_reckoned_by_its_weights() -> None:
    assert 1.4 * GB < memory_needed(GB, None, 16_384) < 1.7 * GB


def test_remembered_prompts_are_added() -> None:
    assert memory_needed(GB, QWEN, 0, 5) - memory_needed(GB, QWEN, 0) == 5


@pytest.mark.parametrize(
    ("memory", "download", "verdict"),
    [
        (4 * GB, 0, Verdict.FITS),
        (6 * GB, 0, Verdict.TIGHT),
        (8 * GB, 0, Verdict.TOO_LARGE),
        (4 * GB, 20 * GB, Verdict.NO_DISK),
        (8 * GB, 20 * GB, Verdict.TOO_LARGE),
        (4 * GB, 9 * GB, Verdict.FITS),
    ],
)
def test_the_verdict_reports_what_is_lacking(memory: int, download: int, verdict: Verdict) -> None:
    machine = Machine(Memory(8 * GB, 5 * GB), 10 * GB)
    assert judge(machine, memory, download, None).verdict is verdict


def test_speed_is_bound_by_reading_the_weights() -> None:
    """On the machine that the figures are from, one of 23 GB/s."""
    assert 1 / seconds_per_token(491_400_064, QWEN, 23e9) == pytest.approx(37, rel=0.1)
    assert 1 / seconds_per_token(98_362_432, SMOLLM2, 23e9) == pytest.approx(82, rel=0.1)


def test_a_model_that_has_answered_shows_the_rate() -> None:
    rate = reading_rate(4 * GB, QWEN, 5.0)
    assert rate == pytest.approx(4 * GB / (0.2 - 24 * 0.0002))
    assert reading_rate(1000, QWEN, 150.0) is None
