"""The wait grows with every failure in a row, up to a bound."""

from __future__ import annotations

import pytest

from chat.errors import ChatError, ErrorCode
from chat.members.failure_counts import FailureCounts
from tests.chat.access.clock import Clock


@pytest.fixture
def clock() -> Clock:
    return Clock()


def _fail(counts: FailureCounts, key: str) -> int:
    """How long the key is told to wait; 0 where it may try, which fails."""
    try:
        counts.check(key)
    except ChatError as error:
        return int(error.detail["seconds"])
    counts.add(key)
    return 0


def test_the_wait_doubles_with_every_failure(clock: Clock) -> None:
    counts = FailureCounts(3, 900, clock)
    assert [_fail(counts, "a") for _ in range(3)] == [0, 0, 0]
    waits = []
    for _ in range(12):
        waits.append(wait := _fail(counts, "a"))
        clock.now += wait
        assert _fail(counts, "a") == 0
    assert waits == [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900]


def test_the_refusal_may_be_tried_again(clock: Clock) -> None:
    counts = FailureCounts(1, 900, clock)
    counts.add("a")
    with pytest.raises(ChatError) as raised:
        counts.check("a")
    assert (raised.value.code, raised.value.retryable) == (ErrorCode.TOO_MANY_ATTEMPTS, True)


def test_whoever_waits_adds_nothing_by_trying(clock: Clock) -> None:
    counts = FailureCounts(1, 900, clock)
    counts.add("a")
    assert [_fail(counts, "a") for _ in range(100)] == [1] * 100


def test_one_key_does_not_hold_up_another(clock: Clock) -> None:
    counts = FailureCounts(1, 900, clock)
    counts.add("a")
    assert _fail(counts, "b") == 0


def test_an_hour_forgets(clock: Clock) -> None:
    counts = FailureCounts(2, 900, clock)
    assert [_fail(counts, "a") for _ in range(3)] == [0, 0, 1]
    clock.now += 3601
    assert "a" not in counts
    assert [_fail(counts, "a") for _ in range(3)] == [0, 0, 1]


def test_what_is_taken_back_costs_no_wait(clock: Clock) -> None:
    counts = FailureCounts(2, 900, clock)
    for _ in range(5):
        counts.add("a")
    counts.take_back("a")
    assert [_fail(counts, "a") for _ in range(2)] == [0, 8]
    counts.take_back("a", 5)
    assert "a" not in counts


def test_however_many_keys_memory_is_bounded(clock: Clock) -> None:
    counts = FailureCounts(5, 900, clock)
    for number in range(5000):
        counts.add(f"p{number}")
    assert len(counts) == 1024
