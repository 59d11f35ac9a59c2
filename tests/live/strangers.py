"""Callers from elsewhere: they come through a proxy's header, since every address here is
loopback, and uvicorn believes what a proxy on this computer says of the caller's address.
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


def at(address: str) -> Headers:
    """What a call from this address bears."""
    return {"X-Forwarded-For": address}


FROM_AFAR = at("192.0.2.7")


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


def pair(server: LiveServer, origin: Headers = FROM_AFAR) -> dict[str, Any]:
    """A device approved by its digits at the computer itself."""
    _, asked = call(server, "POST", "/api/v1/pair/request", {"name": "TV"}, **origin)
    call(server, "POST", f"/api/v1/devices/requests/{asked['digits']}/approve")
    claim = {"request": asked["request"], "confirm": True}
    status, made = call(server, "POST", "/api/v1/pair/claim", claim, **origin)
    assert status == 201
    return {**made, "secret": asked["request"]}


@asynccontextmanager
async def from_afar(server: LiveServer, origin: Headers = FROM_AFAR) -> AsyncIterator[ChatSocket]:
    async with connect(server.url, proxy=None, additional_headers=origin) as connection:
        yield ChatSocket(connection)


async def handshake(server: LiveServer, origin: Headers = FROM_AFAR) -> int:
    """The status of a socket's opening; one that was opened stays until it is sent away."""
    try:
        async with from_afar(server, origin) as socket:
            assert await socket.closed_with() == 4401
            return 101
    except InvalidStatus as error:
        return error.response.status_code
