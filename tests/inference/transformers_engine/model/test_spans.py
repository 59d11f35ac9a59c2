"""Every decode is in exactly one attention call, and no call costs more than going alone."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from inference.transformers_engine.model.spans import Span, spans

LENGTHS = st.dictionaries(st.integers(0, 63), st.integers(1, 8000), min_size=1).map(
    lambda lengths: dict(sorted(lengths.items()))
)


def test_similar_neighbours_share_a_call() -> None:
    assert spans({2: 700, 3: 690, 4: 710}) == [Span((2, 3, 4), 710)]


def test_a_long_past_does_not_make_short_ones_long() -> None:
    assert spans({0: 100, 1: 6000, 2: 90}) == [Span((0,), 100), Span((1,), 6000), Span((2,), 90)]


def test_idle_slots_between_are_not_computed_when_that_is_dearer() -> None:
    assert spans({0: 700, 15: 700}) == [Span((0,), 700), Span((15,), 700)]
    assert spans({0: 30, 2: 30}) == [Span((0, 2), 30)]


@given(LENGTHS)
def test_every_decode_is_in_one_call_that_reaches_far_enough(lengths: dict[int, int]) -> None:
    found = spans(lengths)
    assert [slot for span in found for slot in span.slots] == list(lengths)
    assert all(span.length == max(lengths[slot] for slot in span.slots) for span in found)


@given(LENGTHS)
def test_joining_is_never_dearer_than_going_alone(lengths: dict[int, int]) -> None:
    alone = sum(Span((slot,), length).cost for slot, length in lengths.items())
    assert sum(span.cost for span in spans(lengths)) <= alone
