"""Clients that send HTTP byte by byte, so that they can break its rules."""

from __future__ import annotations

import asyncio
import resource
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from tests.patience import PATIENCE

UPGRADE = (
    "GET /ws/chat/ HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\n"
    "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
    "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nX-Forwarded-For: {address}\r\n{more}\r\n"
)


class RawClient:
    """One TCP connection."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader = reader
        self.writer = writer

    async def send(self, text: str) -> None:
        """Ignores a connection that was closed."""
        with suppress(ConnectionError):
            self.writer.write(text.encode())
            await self.writer.drain()

    async def drip(self, text: str, seconds: float) -> None:
        """A byte at a time, while there are bytes and the connection is open."""
        for byte in text:
            if self.writer.is_closing() or self.reader.at_eof():
                return
            await self.send(byte)
            await asyncio.sleep(seconds)

    async def rest(self, within: float) -> bytes:
        """All bytes until the server closes. Raises `TimeoutError` if it does not."""
        async with asyncio.timeout(within):
            with suppress(ConnectionError):
                return await self.reader.read()
        return b""

    async def status(self) -> int:
        """The status of the next response; 0 for a connection closed without one."""
        with suppress(ConnectionError):
            line = await asyncio.wait_for(self.reader.readline(), PATIENCE)
            return int(line.split()[1]) if line else 0
        return 0


@asynccontextmanager
async def raw_client(port: int) -> AsyncIterator[RawClient]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        yield RawClient(reader, writer)
    finally:
        writer.transport.abort()


def allow_many_files(count: int) -> None:
    """Let this process hold so many connections."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < count:
        most = count if hard == resource.RLIM_INFINITY else min(count, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
