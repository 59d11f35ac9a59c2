"""Room for connections: who is parted with when there is none."""

from __future__ import annotations

import pytest
from pytest_django import Settings

from hosting.web.crowd import Crowd


class Connection:
    def __init__(self, place: str, *, waits: bool = True) -> None:
        self.place = place
        self.waits = waits
        self.is_cut = False

    def cut(self) -> None:
        self.is_cut = True


@pytest.fixture
def crowd(settings: Settings) -> Crowd:
    settings.MYLLM_CONNECTIONS = 5
    settings.MYLLM_CONNECTIONS_PER_ADDRESS = 3
    return Crowd()


def _enter(crowd: Crowd, *places: str, waits: bool = True) -> list[Connection]:
    came = [Connection(place, waits=waits) for place in places]
    for one in came:
        crowd.enter(one)
    return came


def _cut(came: list[Connection]) -> list[bool]:
    return [one.is_cut for one in came]


def test_an_address_parts_with_its_own_oldest(crowd: Crowd) -> None:
    others = _enter(crowd, "b", "b")
    came = _enter(crowd, "a", "a", "a", "a")
    assert _cut(others) == [False, False]
    assert _cut(came) == [True, False, False, False]
    assert len(crowd) == 5


def test_a_full_house_parts_with_the_oldest_of_all(crowd: Crowd) -> None:
    came = _enter(crowd, "a", "b", "c", "d", "e", "f")
    assert _cut(came) == [True, False, False, False, False, False]


def test_whoever_is_being_answered_stays_and_the_newest_goes(crowd: Crowd) -> None:
    busy = _enter(crowd, "a", "a", "a", waits=False)
    (newest,) = _enter(crowd, "a")
    assert newest.is_cut
    assert not any(_cut(busy))


def test_leaving_makes_room_and_may_be_said_twice(crowd: Crowd) -> None:
    came = _enter(crowd, "a", "a", "a")
    crowd.leave(came[1])
    crowd.leave(came[1])
    assert _cut(_enter(crowd, "a") + came) == [False] * 4
    for one in came:
        crowd.leave(one)
    assert len(crowd) == 1
