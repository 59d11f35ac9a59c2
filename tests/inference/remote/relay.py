"""A TCP relay in front of a real server, which breaks connections when that is wanted."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Literal

Fault = Literal["cut", "stall"]
_FIRST_TEXT = re.compile(rb'"content":"[^"].*?\n\n', re.DOTALL)


class Relay:
    """`fault` meets the next response after its first text, once."""

    def __init__(self, port: int) -> None:
        self.fault: Fault | None = None
        self.port = 0
        self._target = port
        self._tasks: set[asyncio.Task[None]] = set()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection."""
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        back, forth = await asyncio.open_connection("127.0.0.1", self._target)
        sending = asyncio.create_task(_copy(reader, forth))
        with suppress(ConnectionError, asyncio.CancelledError):
            await self._answer(back, writer)
        sending.cancel()
        forth.close()
        writer.close()
        self._tasks.discard(task)

    async def _answer(self, back: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await back.read(65536):
            first = _FIRST_TEXT.search(data) if self.fault else None
            writer.write(data if first is None else data[: first.end()])
            await writer.drain()
            if first is not None:
                fault, self.fault = self.fault, None
                await asyncio.sleep(600 if fault == "stall" else 0.1)
                return

    async def stop(self) -> None:
        for task in self._tasks:
            task.cancel()
        if self._tasks:
            await asyncio.wait(self._tasks)


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while data := await reader.read(65536):
        writer.write(data)
        await writer.drain()
    writer.close()


@asynccontextmanager
async def relay(port: int) -> AsyncIterator[Relay]:
    """To a port of this computer."""
    made = Relay(port)
    server = await asyncio.start_server(made.serve, "127.0.0.1", 0)
    made.port = server.sockets[0].getsockname()[1]
    try:
        yield made
    finally:
        server.close()
        await made.stop()
