"""A package index on loopback that keeps a download waiting, and then has nothing."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from types import TracebackType

_NOTHING = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


class SlowIndex:
    """Answers nobody until `fail` is set."""

    def __init__(self) -> None:
        self.fail = asyncio.Event()

    async def __aenter__(self) -> SlowIndex:
        self._server = await asyncio.start_server(self._answer, "127.0.0.1", 0)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.fail.set()
        self._server.close()
        await self._server.wait_closed()

    @property
    def url(self) -> str:
        port = self._server.sockets[0].getsockname()[1]
        return f"http://127.0.0.1:{port}/simple"

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await self.fail.wait()
        with suppress(ConnectionError):
            await reader.readuntil(b"\r\n\r\n")
            writer.write(_NOTHING)
            await writer.drain()
        writer.close()
