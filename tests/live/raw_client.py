"""Clients that speak HTTP by hand, so that they can do it badly."""

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
        """Whatever became of the connection."""
        with suppress(ConnectionError):
            self.writer.write(text.encode())
            await self.writer.drain()

    async def drip(self, text: str, seconds: float) -> None:
        """A byte at a time, for as long as there are bytes and the server listens."""
        for byte in text:
            if self.writer.is_closing() or self.reader.at_eof():
                return
            await self.send(byte)
            await asyncio.sleep(seconds)

    async def rest(self, within: float) -> bytes:
        """All that comes until the server closes. Raises `TimeoutError` if it does not."""
        async with asyncio.timeout(within):
            with suppress(ConnectionError):
                return await self.reader.read()
        return b""

    async def status(self) -> int:
        """Of the response that begins now; 0 for a connection closed without one."""
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
