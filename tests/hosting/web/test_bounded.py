"""A socket whose client reads nothing is closed, and its unsent data discarded."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
import uvicorn
from uvicorn.server import ServerState

from chat.network.asgi import Receive, Scope, Send
from hosting.web import bounded
from hosting.web.bounded import BoundedHttp, BoundedSocket
from tests.patience import PATIENCE

UPGRADE = (
    b"GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
)


class Talkative:
    """An application that sends endlessly."""

    def __init__(self) -> None:
        self.begun = asyncio.Event()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await receive()
        await send({"type": "websocket.accept"})
        self.begun.set()
        while True:
            await send({"type": "websocket.send", "text": "x" * 100_000})


@asynccontextmanager
async def served(application: Talkative) -> AsyncIterator[tuple[int, ServerState]]:
    config = uvicorn.Config(
        application,
        ws=BoundedSocket,
        ws_ping_interval=0.2,
        ws_ping_timeout=0.2,
        log_config=None,
    )
    state = ServerState()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: BoundedHttp(config, state, {}), "127.0.0.1", 0)
    async with server:
        yield server.sockets[0].getsockname()[1], state


async def test_a_socket_that_reads_nothing_is_closed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(bounded, "_CLOSE_SECONDS", 0.1)
    talkative = Talkative()
    async with served(talkative) as (port, state):
        _, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(UPGRADE)
        async with asyncio.timeout(PATIENCE):
            await talkative.begun.wait()
            await asyncio.wait(state.tasks)
        assert not state.connections
        writer.transport.abort()
