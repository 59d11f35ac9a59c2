"""Waiting times as they are told; how they are found is tested with the engine."""

from __future__ import annotations

from inference.events import QueuePosition
from inference.queueing.waiting_time import is_news


def test_only_a_changed_waiting_timeis_news() -> None:
    told = QueuePosition(2, 40.0, "slot")
    assert not is_news(QueuePosition(2, 30.0, "slot"), told, seconds_ago=10)
    assert not is_news(QueuePosition(2, 33.0, "slot"), told, seconds_ago=10)
    assert is_news(QueuePosition(2, 60.0, "slot"), told, seconds_ago=10)
    assert is_news(QueuePosition(1, 30.0, "slot"), told, seconds_ago=10)
    assert is_news(told, QueuePosition(2, None, "slot"), seconds_ago=0)
    assert not is_news(QueuePosition(2, 0.4, "slot"), QueuePosition(2, 1.0, "slot"), seconds_ago=5)
