"""How fast a download goes is that of its latest seconds."""

from __future__ import annotations

from inference.catalog.rate import RateMeter


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_the_rate_is_that_of_the_latest_seconds() -> None:
    clock = Clock()
    meter = RateMeter(clock)
    assert meter.bytes_per_second() is None
    for second in range(20):
        clock.now = 100.0 + second
        meter.see(second * (1000 if second < 10 else 2000))
    assert meter.bytes_per_second() == 2000


def test_it_falls_when_nothing_comes_any_more() -> None:
    clock = Clock()
    meter = RateMeter(clock)
    for second in range(5):
        clock.now = 100.0 + second
        meter.see(second * 1000)
    clock.now += 30
    assert meter.bytes_per_second() == 0


def test_a_beginning_anew_is_no_speed() -> None:
    clock = Clock()
    meter = RateMeter(clock)
    meter.see(1_000_000)
    clock.now += 1
    meter.see(0)
    clock.now += 1
    meter.see(500)
    assert meter.bytes_per_second() == 500
