"""Callers from other addresses: every address here is loopback, so they set a proxy's header, and
uvicorn trusts the client address of a proxy on this computer.
"""

from __future__ import annotations

import http.client
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from tests.live.chat_socket import ChatSocket
from tests.live.live_server import LiveServer
from tests.patience import PATIENCE

Headers = dict[str, str]


def from_address(address: str) -> Headers:
    """The headers of a request from this address."""
    return {"X-Forwarded-For": address}


REMOTE = from_address("192.0.2.7")


def call(
    server: LiveServer, method: str, path: str, body: object = None, **headers: str
) -> tuple[int, Any]:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)
    try:
        kind = {"Content-Type": "application/json"}
        connection.request(method, path, json.dumps(body), headers=kind | headers)
        response = connection.getresponse()
        content = response.read()
        return response.status, json.loads(content) if content.startswith(b"{") else content
    finally:
        connection.close()


def pair(server: LiveServer, origin: Headers = REMOTE) -> dict[str, Any]:
    """A device approved by its digits at the computer itself."""
    _, request = call(server, "POST", "/api/v1/pair/request", {"name": "TV"}, **origin)
    call(server, "POST", f"/api/v1/devices/requests/{request['digits']}/approve")
    claim = {"request": request["request"], "confirm": True}
    status, made = call(server, "POST", "/api/v1/pair/claim", claim, **origin)
    assert status == 201
    return {**made, "secret": request["request"]}


@asynccontextmanager
async def remote_socket(server: LiveServer, origin: Headers = REMOTE) -> AsyncIterator[ChatSocket]:
    async with connect(server.url, proxy=None, additional_headers=origin) as connection:
        yield ChatSocket(connection)


async def handshake(server: LiveServer, origin: Headers = REMOTE) -> int:
    """The status of an opening handshake; an open socket stays until the server closes it."""
    try:
        async with remote_socket(server, origin) as socket:
            assert await socket.closed_with() == 4401
            return 101
    except InvalidStatus as error:
        return error.response.status_code
