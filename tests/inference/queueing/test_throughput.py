"""Waiting times follow from what was measured, and none is made up."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inference.queueing.throughput import Throughput, starts
from inference.types import Timings, Usage

needs = st.lists(st.integers(1, 100).map(float), max_size=20)


def _run(prompt: int, answer: int, first: float, decode: float) -> tuple[Usage, Timings]:
    return Usage(prompt, answer), Timings(0.0, first, decode, None)


def test_before_the_first_run_nothing_is_known() -> None:
    assert Throughput().seconds(10, 10) is None


def test_a_long_prompt_and_a_long_answer_take_longer() -> None:
    throughput = Throughput()
    throughput.observe(*_run(100, 50, 1.0, 5.0))
    assert throughput.seconds(100, 50) == pytest.approx(6.0)
    assert throughput.seconds(1000, 10) == pytest.approx(11.0)


def test_the_latest_runs_count_most() -> None:
    throughput = Throughput()
    throughput.observe(*_run(100, 50, 1.0, 5.0))
    for _ in range(50):
        throughput.observe(*_run(100, 10, 2.0, 2.0))
    assert throughput.seconds(100, 10) == pytest.approx(4.0, rel=0.01)
    assert throughput.expected_answer(None) == 10
    assert throughput.expected_answer(3) == 3


def test_what_was_not_computed_took_no_time() -> None:
    throughput = Throughput()
    throughput.observe(Usage(1000, 10, cached_tokens=990), Timings(0.0, 1.0, 1.0, None))
    assert throughput.prefill_seconds == pytest.approx(0.1)


def test_who_waits_starts_when_a_slot_is_free() -> None:
    assert list(starts([4.0, 1.0], [2.0, 9.0, 1.0], slots=2)) == [1.0, 3.0, 4.0]
    assert list(starts([4.0], [2.0], slots=2)) == [0.0]


@given(needs, needs, st.integers(1, 8))
def test_none_starts_before_those_ahead(
    running: list[float], waiting: list[float], slots: int
) -> None:
    times = list(starts(running, waiting, slots))
    assert len(times) == len(waiting)
    assert all(earlier <= later for earlier, later in pairwise(times))


def test_the_rate_is_of_one_answer() -> None:
    throughput = Throughput()
    assert throughput.tokens_per_second is None
    throughput.observe(*_run(100, 50, 1.0, 5.0))
    assert throughput.tokens_per_second == pytest.approx(10.0)
