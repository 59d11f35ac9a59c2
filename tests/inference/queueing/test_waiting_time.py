"""When waiting times are sent; how they are computed is tested with the engine."""

from __future__ import annotations

from inference.events import QueuePosition
from inference.queueing.waiting_time import has_changed


def test_only_a_changed_waiting_timeis_news() -> None:
    received = QueuePosition(2, 40.0, "slot")
    assert not has_changed(QueuePosition(2, 30.0, "slot"), received, seconds_ago=10)
    assert not has_changed(QueuePosition(2, 33.0, "slot"), received, seconds_ago=10)
    assert has_changed(QueuePosition(2, 60.0, "slot"), received, seconds_ago=10)
    assert has_changed(QueuePosition(1, 30.0, "slot"), received, seconds_ago=10)
    assert has_changed(received, QueuePosition(2, None, "slot"), seconds_ago=0)
    assert not has_changed(
        QueuePosition(2, 0.4, "slot"), QueuePosition(2, 1.0, "slot"), seconds_ago=5
    )
