"""A small HTTP server that answers as providers do: one scenario for each call, by its name.

    python3 -m tests.inference.remote.upstream [--port 9000] [--scenario plain]

serves one on loopback until it is interrupted, for a look by hand and for tests in a browser.
"""

from __future__ import annotations

import argparse
import asyncio
import json
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Call:
    """One request, and the means to answer it."""

    method: str
    path: str
    headers: dict[str, str]
    body: Any
    reader: asyncio.StreamReader = field(repr=False)
    writer: asyncio.StreamWriter = field(repr=False)
    keep_alive: bool = True

    async def answer(self, status: int, body: Any, headers: dict[str, str] | None = None) -> None:
        """A whole response; JSON unless the body is bytes."""
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        received = {
            "content-type": "application/json",
            "content-length": len(data),
            **(headers or {}),
        }
        self._head(status, received)
        self.writer.write(data)
        await self.writer.drain()

    async def begin(self, headers: dict[str, str] | None = None) -> None:
        """A stream of events, in chunks."""
        received = {"content-type": "text/event-stream", "transfer-encoding": "chunked"}
        self._head(200, {**received, **(headers or {})})
        await self.writer.drain()

    async def send(self, data: bytes) -> None:
        """One chunk, by itself in its packet."""
        self._check()
        self.writer.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
        await self.writer.drain()
        await asyncio.sleep(0)

    async def event(self, document: Any) -> None:
        """A document as an event; text goes as it is."""
        text = document if isinstance(document, str) else json.dumps(document)
        await self.send(f"data: {text}\n\n".encode())

    async def end(self) -> None:
        """The stream is complete."""
        self.writer.write(b"0\r\n\r\n")
        await self.writer.drain()

    async def pause(self, seconds: float) -> None:
        """Raises `ConnectionResetError` as soon as the caller has left."""
        loop = asyncio.get_running_loop()
        until = loop.time() + seconds
        while loop.time() < until:
            self._check()
            await asyncio.sleep(min(0.02, seconds))

    def cut(self) -> None:
        """Break the connection."""
        self.keep_alive = False
        self.writer.transport.abort()

    def _head(self, status: int, headers: dict[str, Any]) -> None:
        lines = [f"HTTP/1.1 {status} status", *(f"{n}: {v}" for n, v in headers.items())]
        self.writer.write(("\r\n".join(lines) + "\r\n\r\n").encode())

    def _check(self) -> None:
        if self.reader.at_eof() or self.writer.is_closing():
            raise ConnectionResetError


Scenario = Callable[[Call], Awaitable[None]]


class Upstream:
    """`calls` are all requests for an answer so far. `next` scenarios are for one call each, then
    `scenario` is for all. `models` is what it lists; `left` is set when a caller leaves early.
    """

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.next: deque[Scenario] = deque()
        self.models: Any = {"object": "list", "data": [{"id": "m", "object": "model"}]}
        self.list_models: Scenario = self._list
        self.calls: list[Call] = []
        self.listings: list[Call] = []
        self.connections = 0
        self.left = asyncio.Event()
        self.port = 0
        self._server: asyncio.Server | None = None
        self._serving: set[asyncio.Task[None]] = set()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    async def _list(self, call: Call) -> None:
        await call.answer(200, self.models)

    async def start(self, port: int = 0) -> None:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        """All connections are closed, and new ones refused."""
        if self._server is not None:
            self._server.close()
        for task in self._serving:
            task.cancel()
        if self._serving:
            await asyncio.wait(self._serving)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._serving.add(task)
        self.connections += 1
        try:
            while (call := await _read(reader, writer)) is not None:
                await self._answer(call)
                if not call.keep_alive:
                    break
        except (ConnectionError, asyncio.CancelledError):
            self.left.set()
        finally:
            self._serving.discard(task)
            writer.close()

    async def _answer(self, call: Call) -> None:
        if call.method == "GET":
            self.listings.append(call)
            await self.list_models(call)
            return
        self.calls.append(call)
        scenario = self.next.popleft() if self.next else self.scenario
        await scenario(call)


async def _read(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> Call | None:
    with suppress(asyncio.IncompleteReadError):
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        method, path, _ = head[0].split(" ", 2)
        pairs = (line.partition(":") for line in head[1:] if line)
        headers = {name.lower(): value.strip() for name, _, value in pairs}
        body = await reader.readexactly(int(headers.get("content-length", 0)))
        return Call(method, path, headers, json.loads(body or b"null"), reader, writer)
    return None


@asynccontextmanager
async def upstream(scenario: Scenario) -> AsyncIterator[Upstream]:
    """One that is served while the context lasts."""
    made = Upstream(scenario)
    await made.start()
    try:
        yield made
    finally:
        await made.stop()


async def _main(port: int, name: str) -> None:
    from tests.inference.remote.upstream_scenarios import SCENARIOS  # noqa: PLC0415 - it imports us

    made = Upstream(SCENARIOS[name])
    await made.start(port)
    print(made.url, flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--scenario", default="plain")
    arguments = parser.parse_args()
    with suppress(KeyboardInterrupt):
        asyncio.run(_main(arguments.port, arguments.scenario))
