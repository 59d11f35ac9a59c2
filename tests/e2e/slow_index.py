"""A package index on loopback that keeps pip waiting, and then has nothing."""

from __future__ import annotations

import asyncio
import os
from contextlib import suppress
from types import TracebackType

import pytest

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

    def be_the_only_one(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Let every pip that is started from here on know no other index."""
        for name in [name for name in os.environ if name.startswith("PIP_")]:
            monkeypatch.delenv(name)
        port = self._server.sockets[0].getsockname()[1]
        monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
        monkeypatch.setenv("PIP_INDEX_URL", f"http://127.0.0.1:{port}/simple")
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await self.fail.wait()
        with suppress(ConnectionError):
            await reader.readuntil(b"\r\n\r\n")
            writer.write(_NOTHING)
            await writer.drain()
        writer.close()
