"""Guessing gets slower and slower, from one place and in all."""

from __future__ import annotations

import pytest

from chat.access.attempts import Attempts
from chat.errors import ChatError, ErrorCode


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def _wait(attempts: Attempts, place: str) -> int:
    """How long the place is told to wait; 0 where it may try."""
    try:
        attempts.take(place)
    except ChatError as error:
        return int(error.detail["seconds"])
    return 0


def test_the_wait_doubles_with_every_failure(clock: Clock) -> None:
    attempts = Attempts(3, 1000, clock)
    assert [_wait(attempts, "a") for _ in range(3)] == [0, 0, 0]
    waits = []
    for _ in range(12):
        waits.append(wait := _wait(attempts, "a"))
        clock.now += wait
        assert _wait(attempts, "a") == 0
    assert waits == [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900]


def test_the_refusal_may_be_tried_again(clock: Clock) -> None:
    attempts = Attempts(1, 1000, clock)
    attempts.take("a")
    with pytest.raises(ChatError) as raised:
        attempts.take("a")
    assert (raised.value.code, raised.value.retryable) == (ErrorCode.TOO_MANY_ATTEMPTS, True)


def test_whoever_waits_adds_nothing_by_trying(clock: Clock) -> None:
    attempts = Attempts(1, 1000, clock)
    attempts.take("a")
    assert [_wait(attempts, "a") for _ in range(100)] == [1] * 100


def test_a_brute_force_of_a_day_gets_few_guesses(clock: Clock) -> None:
    attempts = Attempts(5, 50, clock)
    guesses = 0
    while clock.now < 86_400:
        wait = _wait(attempts, "a")
        guesses += not wait
        clock.now += wait or 0.001
    assert guesses < 120


def test_many_places_together_are_slowed_too(clock: Clock) -> None:
    attempts = Attempts(5, 10, clock)
    assert [_wait(attempts, f"p{n}") for n in range(10)] == [0] * 10
    assert _wait(attempts, "another") == 1
    clock.now += 1
    assert _wait(attempts, "another") == 0
    assert _wait(attempts, "yet another") == 2


def test_another_place_is_not_held_up_by_one(clock: Clock) -> None:
    attempts = Attempts(2, 1000, clock)
    for _ in range(3):
        _wait(attempts, "a")
    assert _wait(attempts, "b") == 0


def test_success_begins_anew_and_an_hour_forgets(clock: Clock) -> None:
    attempts = Attempts(2, 1000, clock)
    for _ in range(5):
        assert _wait(attempts, "a") == 0
        attempts.succeed("a")
    for _ in range(2):
        attempts.take("b")
    assert _wait(attempts, "b") == 1
    clock.now += 3601
    assert [_wait(attempts, "b") for _ in range(3)] == [0, 0, 1]


def test_however_many_places_memory_is_bounded(clock: Clock) -> None:
    attempts = Attempts(5, 1_000_000, clock)
    for number in range(5000):
        attempts.take(f"p{number}")
    assert len(attempts._places) == 1024
