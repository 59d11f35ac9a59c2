"""The plan of every step, without a tensor in sight."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from inference.transformers_engine.scheduling.scheduler import Scheduler
from inference.transformers_engine.scheduling.sequence import Sequence
from inference.transformers_engine.scheduling.slots import SlotTable
from inference.transformers_engine.scheduling.step import Step
from inference.types import SamplingOptions


def _sequence(length: int, new: int = 3) -> Sequence:
    return Sequence(list(range(length)), SamplingOptions(), new)


def _scheduler(slots: int = 2, step_tokens: int = 8) -> Scheduler:
    return Scheduler(SlotTable(slots), step_tokens)


def _advance(scheduler: Scheduler) -> Step:
    """One step of a model that always draws token 7."""
    step = scheduler.plan()
    scheduler.computed(step)
    for piece in step.pieces:
        if piece.end == len(piece.sequence.tokens):
            piece.sequence.tokens.append(7)
            if piece.sequence.is_full:
                scheduler.end(piece.sequence)
    return step


def _sizes(step: Step) -> tuple[int, list[int]]:
    return len(step.decodes), [piece.end - piece.begin for piece in step.prefills]


def test_short_prompts_are_packed_into_one_step() -> None:
    scheduler = _scheduler()
    for length in (3, 4):
        scheduler.add(_sequence(length))
    assert _sizes(scheduler.plan()) == (0, [3, 4])


def test_a_long_prompt_is_spread_and_only_its_end_is_sampled() -> None:
    scheduler = _scheduler()
    scheduler.add(_sequence(20))
    steps = [_advance(scheduler) for _ in range(3)]
    assert [_sizes(step) for step in steps] == [(0, [8]), (0, [8]), (0, [4])]


def test_who_decodes_does_not_wait_for_a_long_prompt() -> None:
    scheduler = _scheduler()
    scheduler.add(_sequence(2, new=9))
    _advance(scheduler)
    scheduler.add(_sequence(20))
    assert _sizes(_advance(scheduler)) == (1, [7])


def test_who_comes_first_begins_first() -> None:
    scheduler = _scheduler(slots=1)
    first, second = _sequence(2, new=1), _sequence(2, new=1)
    scheduler.add(first)
    scheduler.add(second)
    assert [piece.sequence for piece in _advance(scheduler).pieces] == [first]
    assert [piece.sequence for piece in _advance(scheduler).pieces] == [second]


def test_a_cancelled_run_is_out_before_the_next_step() -> None:
    scheduler = _scheduler(slots=1)
    running, waiting = _sequence(20), _sequence(2)
    scheduler.add(running)
    scheduler.add(waiting)
    _advance(scheduler)
    running.cancelled = True
    assert scheduler.cancelled() == [running]
    scheduler.end(running)
    assert [piece.sequence for piece in scheduler.plan().pieces] == [waiting]


def test_a_waiting_run_can_be_cancelled() -> None:
    scheduler = _scheduler(slots=1)
    waiting = _sequence(2)
    scheduler.add(_sequence(2))
    scheduler.plan()
    scheduler.add(waiting)
    scheduler.end(waiting)
    assert waiting not in scheduler.all()


def test_a_forgotten_run_leaves_nothing_to_reuse() -> None:
    scheduler = _scheduler(slots=1)
    failed, again = _sequence(6), _sequence(6)
    scheduler.add(failed)
    _advance(scheduler)
    scheduler.forget(failed)
    scheduler.add(again)
    scheduler.plan()
    assert again.cached == 0


@given(st.lists(st.tuples(st.integers(1, 30), st.integers(1, 5)), max_size=12), st.integers(1, 4))
def test_every_run_is_served_completely_within_the_budget(
    wanted: list[tuple[int, int]], slots: int
) -> None:
    scheduler = _scheduler(slots)
    sequences = [_sequence(length, new) for length, new in wanted]
    for sequence in sequences:
        scheduler.add(sequence)
    while step := _advance(scheduler):
        assert sum(piece.end - piece.begin for piece in step.pieces) <= max(8, slots)
        assert len({piece.sequence.slot for piece in step.pieces}) == len(step.pieces)
    assert all(sequence.is_full for sequence in sequences)
    assert not scheduler.all()
