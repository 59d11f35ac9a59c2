"""A TCP proxy on loopback that disturbs connections as phones and networks do."""

from __future__ import annotations

import asyncio
import socket
import struct
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from types import TracebackType
from typing import Literal

_READ_BYTES = 4096


@dataclass(frozen=True, slots=True)
class Fault:
    """What happens to a connection once `after` bytes have gone to the client, or once `due` is
    set.

    `cut` closes it in the middle of a frame, `reset` answers with RST, `stall` keeps it open and
    forwards nothing more in either direction, `slow` forwards `rate` bytes a second.
    """

    kind: Literal["pass", "cut", "reset", "stall", "slow"] = "pass"
    after: int = 0
    rate: int = 0
    due: asyncio.Event | None = None


class FaultProxy:
    """Forwards to `port`; `plan` gives every new connection its fault."""

    def __init__(self, port: int, plan: Callable[[], Fault] = Fault) -> None:
        self._target = port
        self._plan = plan
        self._links: set[asyncio.Task[None]] = set()
        self.connections = 0

    @property
    def url(self) -> str:
        port = self._server.sockets[0].getsockname()[1]
        return f"ws://127.0.0.1:{port}/ws/chat/"

    async def __aenter__(self) -> FaultProxy:
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.close()
        for link in self._links:
            link.cancel()
        if self._links:
            await asyncio.wait(self._links)

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        link = asyncio.create_task(self._link(reader, writer), name="proxied connection")
        self._links.add(link)
        link.add_done_callback(self._links.discard)

    async def _link(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            with suppress(ConnectionError):  # the server is down, or stopped meanwhile
                await self._join(reader, writer)
        finally:
            writer.close()

    async def _join(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        fault = self._plan()
        above, below = await asyncio.open_connection("127.0.0.1", self._target)
        up = asyncio.create_task(_pump(reader, below))
        try:
            await _pump_down(above, writer, fault)
            if fault.kind == "stall" and not above.at_eof():
                up.cancel()
                await asyncio.Event().wait()
        finally:
            up.cancel()
            await asyncio.wait({up})
            await _end(below, fault)
            await _end(writer, fault)


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(ConnectionError):
        while piece := await reader.read(_READ_BYTES):
            writer.write(piece)
            await writer.drain()


async def _pump_down(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, fault: Fault
) -> None:
    """Returns at the end of the stream, or when the fault is due."""
    if fault.kind == "pass":
        await _pump(reader, writer)
    elif fault.due is not None:
        await _pump_until(reader, writer, fault.due)
    elif fault.kind == "slow":
        await _trickle(reader, writer, fault.rate)
    else:
        await _forward(reader, writer, fault.after)


async def _forward(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, limit: int) -> None:
    left = limit
    while left > 0 and (piece := await reader.read(min(left, _READ_BYTES))):
        writer.write(piece)
        await writer.drain()
        left -= len(piece)


async def _pump_until(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, due: asyncio.Event
) -> None:
    racing = {asyncio.create_task(_pump(reader, writer)), asyncio.create_task(due.wait())}
    try:
        await asyncio.wait(racing, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in racing:
            task.cancel()
        await asyncio.wait(racing)


async def _trickle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, rate: int) -> None:
    while piece := await reader.read(max(rate // 20, 1)):
        writer.write(piece)
        await asyncio.sleep(len(piece) / rate)


async def _end(writer: asyncio.StreamWriter, fault: Fault) -> None:
    if fault.kind == "reset":
        connection = writer.get_extra_info("socket")
        if connection.fileno() != -1:  # the other end was closed first
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        writer.transport.abort()
        return
    writer.close()
    with suppress(ConnectionError):
        await writer.wait_closed()
