"""Guessing gets slower and slower, from one address and at one target."""

from __future__ import annotations

import pytest

from chat.errors import ChatError
from chat.members.rate_limit import Attempt, Attempts
from tests.chat.access.clock import Clock


@pytest.fixture
def clock() -> Clock:
    return Clock()


def _wait(attempts: Attempts, address: str, target: str = "t") -> int:
    """How long the address is told to wait; 0 where it may try, which fails."""
    try:
        attempts.take(address, target)
    except ChatError as error:
        return int(error.detail["seconds"])
    return 0


def _fail(attempts: Attempts, count: int, address: str, target: str) -> None:
    for _ in range(count):
        attempts.take(address, target)


def test_a_brute_force_of_a_day_gets_few_guesses(clock: Clock) -> None:
    attempts = Attempts(5, 50, clock)
    guesses = 0
    while clock.now < 86_400:
        wait = _wait(attempts, "a")
        guesses += not wait
        clock.now += wait or 0.001
    assert guesses < 120


def test_an_address_is_slowed_over_all_targets(clock: Clock) -> None:
    attempts = Attempts(5, 50, clock)
    assert [_wait(attempts, "a", f"t{n}") for n in range(6)] == [0] * 5 + [1]
    assert _wait(attempts, "b", "t0") == 0


def test_a_target_is_slowed_over_all_addresses(clock: Clock) -> None:
    attempts = Attempts(5, 10, clock)
    assert [_wait(attempts, f"a{n}", "t") for n in range(12)] == [0] * 10 + [1, 1]
    assert _wait(attempts, "a11", "another") == 0


def test_the_success_of_one_target_leaves_the_failures_with_another(clock: Clock) -> None:
    """Four wrong for one member and one right for another, again and again."""
    attempts = Attempts(5, 50, clock)
    _fail(attempts, 4, "a", "victim")
    waits = []
    for _ in range(5):
        attempts.succeed(attempts.take("a", "mine"))
        attempts.take("a", "victim")
        waits.append(_wait(attempts, "a", "mine"))
        clock.now += waits[-1]
    assert waits == [1, 2, 4, 8, 16]


def test_two_successes_at_once_take_back_no_others_failure(clock: Clock) -> None:
    attempts = Attempts(8, 50, clock)
    _fail(attempts, 4, "a", "victim")
    both = [attempts.take("a", "mine") for _ in range(2)]
    for attempt in both:
        attempts.succeed(attempt)
    assert [_wait(attempts, "a", "victim") for _ in range(5)] == [0, 0, 0, 0, 1]


def test_a_success_makes_ones_own_slips_forgotten(clock: Clock) -> None:
    attempts = Attempts(5, 50, clock)
    for _ in range(3):
        _fail(attempts, 4, "a", "mine")
        attempts.succeed(attempts.take("a", "mine"))
    assert _wait(attempts, "a", "mine") == 0


def test_an_attempt_in_flight_counts_until_it_is_answered(clock: Clock) -> None:
    attempts = Attempts(2, 50, clock)
    first, _ = [attempts.take("a", "t") for _ in range(2)]
    assert _wait(attempts, "a") == 1
    attempts.succeed(first)
    assert _wait(attempts, "a") == 0


def test_what_was_not_looked_at_counts_nothing(clock: Clock) -> None:
    attempts = Attempts(2, 3, clock)
    for _ in range(9):
        attempts.withdraw(attempts.take("a", "t"))
    assert [_wait(attempts, "a") for _ in range(3)] == [0, 0, 1]


def test_nobody_is_kept_out_by_who_fails_whenever_a_wait_is_over(clock: Clock) -> None:
    """50 failures over several addresses, and from then on one as soon as each wait ends."""
    attempts = Attempts(5, 50, clock)
    for number in range(100):
        _wait(attempts, f"bad{number % 10}", "mum")
    for _ in range(200):
        for number in range(10):
            _wait(attempts, f"bad{number}", "mum")
        entered = attempts.take("new screen", "mum")
        attempts.succeed(entered)
        clock.now += 10


def test_a_first_try_waits_for_others_first_tries_five_seconds_at_most(clock: Clock) -> None:
    attempts = Attempts(5, 50, clock)
    waits = []
    for number in range(500):
        waits.append(_wait(attempts, f"a{number}", "mum"))
        clock.now += waits[-1]
    assert max(waits) == 5


def test_made_up_names_do_not_make_failures_forgotten(clock: Clock) -> None:
    attempts = Attempts(1000, 3, clock)
    _fail(attempts, 1, "a", "first")
    _fail(attempts, 3, "a", "mum")
    for number in range(20_000):
        _wait(attempts, f"b{number % 500}", f"made up {number}")
    assert _wait(attempts, "a", "mum") == 1


def test_memory_is_bounded(clock: Clock) -> None:
    attempts = Attempts(5, 1_000_000, clock)
    taken: list[Attempt] = [attempts.take(f"a{n}", f"t{n}") for n in range(9000)]
    assert len(attempts._addresses) == len(attempts._failed_at) == 1024
    assert len(attempts._first_tries) <= 4096
    for attempt in taken:
        attempts.succeed(attempt)
    assert len(attempts._addresses) == 0
