"""A server is restarted soon, then later, and not forever."""

from __future__ import annotations

from hosting.conf import hosting_conf
from MyLLM import guard
from MyLLM.guard.respawns import Respawns


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_it_waits_longer_every_time_and_gives_up() -> None:
    respawns = Respawns(6, 10, Clock())
    assert [respawns.crashed() for _ in range(7)] == [1, 2, 5, 15, 30, 30, None]
    assert respawns.crashes == 7


def test_only_the_latest_minutes_count() -> None:
    clock = Clock()
    respawns = Respawns(1, 2, clock)
    assert (respawns.crashed(), respawns.crashed()) == (1, None)
    clock.now = 120.0
    assert (respawns.crashed(), respawns.crashes) == (1, 1)


def test_the_guards_defaults_are_those_of_the_settings() -> None:
    assert hosting_conf().respawns == guard.RESPAWNS
    assert hosting_conf().respawn_minutes == guard.MINUTES
