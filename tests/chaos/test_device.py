"""What a device of the storm takes for the end of a run."""

from __future__ import annotations

from tests.chaos.device import Told


def test_a_run_stopped_before_it_began_has_ended() -> None:
    told = Told("r")
    told.take({"type": "end", "seq": 1})
    assert told.ended
    assert told.ended_once(2)


def test_an_end_of_the_epoch_before_is_not_the_end() -> None:
    told = Told("r")
    told.take({"type": "start", "seq": 1, "epoch": 1})
    told.take({"type": "end", "seq": 2})
    told.take({"type": "start", "seq": 1, "epoch": 2})
    assert not told.ended
    assert not told.ended_once(2)
