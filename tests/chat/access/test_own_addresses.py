"""The cache of this computer's addresses: fresh, with one query at a time."""

from __future__ import annotations

import asyncio
import ipaddress

from chat.access.own_addresses import FRESH_SECONDS, OwnAddresses
from chat.network.host import IPAddress

FIRST = frozenset[IPAddress]({ipaddress.ip_address("203.0.113.9")})
SECOND = frozenset[IPAddress]({ipaddress.ip_address("203.0.113.10")})


class Computer:
    """Its addresses, and the number of queries."""

    def __init__(self) -> None:
        self.addresses = FIRST
        self.queries = 0
        self.now = 0.0

    def ask(self) -> frozenset[IPAddress]:
        self.queries += 1
        return self.addresses


async def test_a_network_that_changed_is_noticed() -> None:
    computer = Computer()
    own = OwnAddresses(computer.ask, lambda: computer.now)
    assert await own.snapshot() == FIRST
    computer.addresses = SECOND
    assert await own.snapshot() == FIRST
    computer.now += FRESH_SECONDS
    assert await own.snapshot() == SECOND


async def test_concurrent_callers_share_one_query() -> None:
    computer = Computer()
    own = OwnAddresses(computer.ask, lambda: computer.now)
    assert await asyncio.gather(*(own.snapshot() for _ in range(50))) == [FIRST] * 50
    assert computer.queries == 1


async def test_a_cancelled_caller_does_not_cancel_the_shared_query() -> None:
    computer = Computer()
    own = OwnAddresses(computer.ask, lambda: computer.now)
    leaving = asyncio.create_task(own.snapshot())
    staying = asyncio.create_task(own.snapshot())
    await asyncio.sleep(0)
    leaving.cancel()
    assert await staying == FIRST
