"""Which connection is closed at the limit."""

from __future__ import annotations

import pytest

from hosting.web.connection_limit import ConnectionLimit
from tests.overrides import Overrides


class Connection:
    def __init__(self, address: str, *, waits: bool = True) -> None:
        self.address = address
        self.waits = waits
        self.is_cut = False

    def cut(self) -> None:
        self.is_cut = True


@pytest.fixture
def connection_limit(conf: Overrides) -> ConnectionLimit:
    conf.connections = 5
    conf.connections_per_address = 3
    return ConnectionLimit()


def _enter(connection_limit: ConnectionLimit, *places: str, waits: bool = True) -> list[Connection]:
    came = [Connection(address, waits=waits) for address in places]
    for one in came:
        connection_limit.enter(one)
    return came


def _cut(came: list[Connection]) -> list[bool]:
    return [one.is_cut for one in came]


def test_at_the_limit_of_an_address_its_oldest_is_closed(connection_limit: ConnectionLimit) -> None:
    others = _enter(connection_limit, "b", "b")
    came = _enter(connection_limit, "a", "a", "a", "a")
    assert _cut(others) == [False, False]
    assert _cut(came) == [True, False, False, False]
    assert len(connection_limit) == 5


def test_at_the_limit_of_all_the_oldest_of_all_is_closed(connection_limit: ConnectionLimit) -> None:
    came = _enter(connection_limit, "a", "b", "c", "d", "e", "f")
    assert _cut(came) == [True, False, False, False, False, False]


def test_connections_being_answered_stay(
    connection_limit: ConnectionLimit,
) -> None:
    busy = _enter(connection_limit, "a", "a", "a", waits=False)
    (newest,) = _enter(connection_limit, "a")
    assert newest.is_cut
    assert not any(_cut(busy))


def test_leaving_makes_room_and_is_idempotent(connection_limit: ConnectionLimit) -> None:
    came = _enter(connection_limit, "a", "a", "a")
    connection_limit.leave(came[1])
    connection_limit.leave(came[1])
    assert _cut(_enter(connection_limit, "a") + came) == [False] * 4
    for one in came:
        connection_limit.leave(one)
    assert len(connection_limit) == 1
