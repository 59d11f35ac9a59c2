"""The kills that a seed draws."""

from __future__ import annotations

import random

from tests.chaos.moments import MOMENTS, draw


def test_a_seed_draws_the_same_kills_again() -> None:
    first, second = random.Random(7), random.Random(7)
    assert [draw(first) for _ in range(50)] == [draw(second) for _ in range(50)]


def test_a_hundred_kills_have_every_moment_and_starts_that_are_killed_too() -> None:
    dice = random.Random(7)
    kills = [draw(dice) for _ in range(100)]
    assert {kill.moment for kill in kills} == set(MOMENTS)
    assert {len(kill.starts) for kill in kills} == {0, 1, 2}
