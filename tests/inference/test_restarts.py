"""A model comes back soon, then later, and not for ever."""

from __future__ import annotations

from inference.restarts import Recovery, Restarts


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_it_waits_longer_every_time_and_gives_up() -> None:
    restarts = Restarts(Recovery(restarts=4), Clock())
    assert [restarts.crashed() for _ in range(5)] == [1.0, 5.0, 30.0, 30.0, None]
    assert restarts.crashes == 5


def test_only_the_latest_minutes_count() -> None:
    clock = Clock()
    restarts = Restarts(Recovery(restarts=1, minutes=2), clock)
    assert restarts.crashed() == 1.0
    assert restarts.crashed() is None
    clock.now = 120.0
    assert restarts.crashed() == 1.0
    assert restarts.crashes == 1


def test_it_may_be_forbidden() -> None:
    assert Restarts(Recovery(restarts=0)).crashed() is None
