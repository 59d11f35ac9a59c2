"""Every run ends exactly once, whatever happens to its neighbours, its step or its thread."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inference.errors import InferenceError, InferenceErrorCode
from inference.events import GenerationEvent
from inference.transformers_engine.scheduling.runner import OutOfDeviceMemoryError
from inference.transformers_engine.scheduling.step import Step
from tests.inference.transformers_engine.remembering import (
    POISON,
    Bench,
    Ear,
    RememberingRunner,
    expected,
    generated,
    prepared,
)
from tests.patience import PATIENCE


@contextmanager
def bench(
    slots: int = 2, mistakes: dict[int, BaseException] | None = None, *, held: bool = False
) -> Iterator[Bench]:
    made = Bench(RememberingRunner(slots, mistakes, held=held), slots)
    yield made
    made.runner.allowed.release(1000)
    assert made.worker.close(20)


def _code(ear: Ear) -> InferenceErrorCode:
    failure = ear.wait()
    assert isinstance(failure, InferenceError)
    return failure.code


def test_a_run_out_of_memory_leaves_the_others_unchanged() -> None:
    with bench(slots=3, mistakes={1: OutOfDeviceMemoryError("no memory")}, held=True) as b:
        runs = [b.submit(list(range(length)), 6) for length in (2, 3, 20)]
        b.runner.allowed.release(1000)
        codes = [ear.wait() and _code(ear) for _, ear in runs]
        assert codes == [None, None, InferenceErrorCode.OUT_OF_MEMORY]
        for generation, _ in runs[:2]:
            assert generated(generation) == expected(
                list(range(generation.sequence.prompt_tokens)), 6
            )


@pytest.mark.parametrize("error", [OutOfDeviceMemoryError("no memory"), MemoryError()])
def test_out_of_memory_among_decodes_ends_the_longest_of_them(error: Exception) -> None:
    with bench(mistakes={2: error}, held=True) as b:
        generation, other = b.submit([1], 6)
        _, longest = b.submit([1, 2, 3, 4, 5], 6)
        b.runner.allowed.release(1000)
        assert _code(longest) is InferenceErrorCode.OUT_OF_MEMORY
        assert other.wait() is None
        assert generated(generation) == expected([1], 6)


def test_nothing_of_a_failed_run_is_used_again() -> None:
    with bench(slots=1, mistakes={1: OutOfDeviceMemoryError("no memory")}) as b:
        prompt = list(range(6))
        assert _code(b.submit(prompt, 6)[1]) is InferenceErrorCode.OUT_OF_MEMORY
        again, ear = b.submit(prompt, 6)
        assert ear.wait() is None
        assert again.sequence.cached == 0
        assert generated(again) == expected(prompt, 6)


def test_a_run_that_fails_leaves_the_others_unchanged() -> None:
    with bench(slots=3, held=True) as b:
        runs = [b.submit(prompt, 6) for prompt in ([1], [2, POISON], [3, 3, 3])]
        b.runner.allowed.release(1000)
        codes = [ear.wait() and _code(ear) for _, ear in runs]
        assert codes == [None, InferenceErrorCode.BACKEND_FAILED, None]
        assert generated(runs[0][0]) == expected([1], 6)
        assert generated(runs[2][0]) == expected([3, 3, 3], 6)


def test_a_step_that_fails_once_ends_no_run() -> None:
    with bench(mistakes={2: ValueError("broken")}, held=True) as b:
        runs = [(b.submit([n, n], 6), [n, n]) for n in (1, 2)]
        b.runner.allowed.release(1000)
        for (generation, ear), prompt in runs:
            assert ear.wait() is None
            assert generated(generation) == expected(prompt, 6)


def test_where_a_copy_fails_the_prompt_is_computed() -> None:
    with bench(slots=2) as b:
        b.runner.copy_fails = True
        prompt = list(range(20))
        assert b.submit([*prompt, 21, 22, 23, 24, 25], 3)[1].wait() is None
        generation, ear = b.submit([*prompt, 31], 3)
        assert ear.wait() is None
        assert generation.sequence.cached == 0
        assert generated(generation) == expected([*prompt, 31], 3)


@pytest.mark.parametrize("error", [SystemExit(1), KeyboardInterrupt()])
def test_what_ends_the_thread_is_a_crash_of_every_run(error: BaseException) -> None:
    with bench(mistakes={1: error}, held=True) as b:
        ears = [b.submit([n], 5)[1] for n in range(4)]
        b.runner.allowed.release(1000)
        codes = [_code(ear) for ear in ears]
        codes.append(_code(b.submit([9], 5)[1]))
        assert codes == [InferenceErrorCode.MODEL_CRASHED] * 5


def test_a_reader_that_cannot_take_its_end_costs_no_other_its_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def finish(failure: BaseException | None = None) -> None:
        raise RuntimeError("the loop is closed")

    with bench() as b:
        broken = Ear()
        monkeypatch.setattr(broken, "finish", finish)
        b.worker.submit(prepared([1, 2], 3), broken)
        assert b.submit([3], 6)[1].wait() is None
    assert b.slots.free == 2


def test_a_token_that_one_run_cannot_take_fails_that_run_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def take(token: int) -> Iterator[GenerationEvent]:
        raise ValueError(token)

    with bench() as b:
        broken, ear = prepared([1, 2], 6), Ear()
        monkeypatch.setattr(broken, "take", take)
        b.worker.submit(broken, ear)
        generation, other = b.submit([3], 6)
        assert _code(ear) is InferenceErrorCode.BACKEND_FAILED
        assert other.wait() is None
        assert generated(generation) == expected([3], 6)


def test_a_cancelled_run_is_in_no_further_step() -> None:
    with bench(slots=1, held=True) as b:
        cancelled, ear = b.submit([1, 2], 50)
        waiting, _ = b.submit([9], 1)
        assert b.runner.entered.acquire(timeout=PATIENCE)
        b.worker.cancel(cancelled)
        b.runner.allowed.release(2)
        assert ear.wait() is None
        assert b.runner.entered.acquire(timeout=PATIENCE)
        assert b.runner.steps == [[cancelled.sequence], [waiting.sequence]]


def test_a_long_prefill_ends_with_the_piece_under_way() -> None:
    with bench(slots=1, held=True) as b:
        cancelled, ear = b.submit(list(range(90)), 5)
        assert b.runner.entered.acquire(timeout=PATIENCE)
        b.worker.cancel(cancelled)
        b.runner.allowed.release()
        assert ear.wait() is None
        assert len(b.runner.steps) == 1


def test_cancelling_twice_or_after_the_end_changes_nothing() -> None:
    with bench() as b:
        first, ear = b.submit([1], 2)
        assert ear.wait() is None
        second, other = b.submit([2], 500)
        for generation in (first, first, second, second):
            b.worker.cancel(generation)
        assert other.wait() is None
        assert b.submit([3], 2)[1].wait() is None


def test_closing_ends_who_runs_who_waits_and_who_comes_later() -> None:
    with bench(slots=1, held=True) as b:
        ears = [b.submit([n], 5)[1] for n in (1, 2)]
        assert b.runner.entered.acquire(timeout=PATIENCE)
        assert not b.worker.close(0)
        ears.append(b.submit([3], 5)[1])
        b.runner.allowed.release(1000)
        assert b.worker.close(20)
        assert b.worker.close(20)
        ears.append(b.submit([4], 5)[1])
        assert [_code(ear) for ear in ears] == [InferenceErrorCode.SHUTTING_DOWN] * 4


def test_a_thread_that_dies_ends_every_run(monkeypatch: pytest.MonkeyPatch) -> None:
    def plan() -> Step:
        raise KeyError("a mistake in the scheduler")

    with bench() as b:
        monkeypatch.setattr(b.scheduler, "plan", plan)
        ears = [b.submit([n], 5)[1] for n in range(3)]
        codes = [_code(ear) for ear in ears]
        codes.append(_code(b.submit([9], 5)[1]))
        assert codes == [InferenceErrorCode.MODEL_CRASHED] * 4


TAILS = st.lists(st.integers(0, 3) | st.just(POISON), min_size=1, max_size=20)
PROMPTS = st.tuples(st.sampled_from(([], [5] * 18, [6] * 40)), TAILS).map(
    lambda parts: [*parts[0], *parts[1]]
)
RUNS = st.lists(st.tuples(PROMPTS, st.integers(1, 6), st.booleans()), max_size=14)
MISTAKES = st.dictionaries(
    st.integers(0, 30),
    st.builds(OutOfDeviceMemoryError) | st.builds(ValueError),
    max_size=4,
)


@given(RUNS, MISTAKES, st.integers(1, 4))
def test_every_run_ends_once_and_no_slot_is_lost(
    runs: list[tuple[list[int], int, bool]], mistakes: dict[int, BaseException], slots: int
) -> None:
    with bench(slots, mistakes) as b:
        begun = [b.submit(prompt, count) for prompt, count, _ in runs]
        for (generation, _), (_, _, cancelled) in zip(begun, runs, strict=True):
            if cancelled:
                b.worker.cancel(generation)
        ends = [ear.wait() for _, ear in begun]
        for (generation, _), end, (prompt, count, cancelled) in zip(begun, ends, runs, strict=True):
            assert generated(generation) == expected(prompt, len(generated(generation)))
            assert len(generated(generation)) == count or cancelled or end is not None
    assert all(len(ear.ends) == 1 for _, ear in begun)
    assert b.slots.free == slots
    in_line = [id(generation.sequence.tokens) for generation, _ in begun]
    assert b.slots.admitted == [run for run in in_line if run in b.slots.admitted]
