"""The network between phone and server, which a test lets fail and recover."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Literal
from urllib.parse import urlsplit

from tests.live.fault_proxy import Fault, FaultProxy

Failure = Literal["reset", "stall"]


class Network:
    """All connections of one phone. `open_network` makes one."""

    def __init__(self, kind: Failure) -> None:
        self.port = 0
        self._kind = kind
        self._failing = asyncio.Event()

    def fail(self) -> None:
        """Open connections are reset, or stay open and are dead; new ones are refused."""
        self._failing.set()

    def recover(self) -> None:
        """New connections work again; the old ones stay what they are."""
        self._failing = asyncio.Event()

    def plan(self) -> Fault:
        """What becomes of a new connection."""
        if self._failing.is_set():
            return Fault("reset")
        return Fault(self._kind, due=self._failing)


@asynccontextmanager
async def open_network(server_port: int, kind: Failure) -> AsyncIterator[Network]:
    """A network whose connections fail in this way."""
    network = Network(kind)
    async with FaultProxy(server_port, network.plan) as proxy:
        network.port = urlsplit(proxy.url).port or 0
        yield network
