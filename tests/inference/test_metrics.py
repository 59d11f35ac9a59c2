"""A run's clock."""

from __future__ import annotations

from inference.metrics import RunClock
from inference.types import Timings


def test_a_runs_timings() -> None:
    now = 10.0
    clock = RunClock(clock=lambda: now)
    now = 12.0
    clock.admitted()
    now = 12.5
    clock.text()
    now = 13.0
    clock.text()
    now = 14.5
    assert clock.timings(completion_tokens=21) == Timings(2.0, 0.5, 2.0, 10.0)
    assert clock.held_seconds() == 2.5


def test_an_answer_without_text_has_no_rate() -> None:
    clock = RunClock(clock=lambda: 1.0)
    clock.admitted()
    assert clock.timings(0) == Timings(0.0, None, 0.0, None)
