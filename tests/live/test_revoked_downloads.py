"""A device's downloads and uploads end with its right to them, visibly incomplete."""

from __future__ import annotations

import asyncio
import http.client
import json
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.live.chat_socket import chat_socket
from tests.live.live_server import LiveServer
from tests.live.raw_client import RawClient
from tests.live.remote_caller import REMOTE, call, pair

MESSAGES = 60
PIECE = 200_000
WHOLE = MESSAGES * PIECE
"""Bytes of the export, at least."""
BUFFERS = WHOLE // 2
"""What may be on its way between the two ends."""


@pytest.fixture(scope="module")
def full_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    folder: Path = tmp_path_factory.mktemp("full")
    with LiveServer(folder, PAIRING=1, OPEN=0, MODELS="scripted", SLOTS=1) as server:
        _fill(server)
        yield server
        assert "Traceback" not in server.log, server.log


def _fill(server: LiveServer) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=120)
    kind = {"Content-Type": "application/json"}
    connection.request("POST", "/api/v1/import", json.dumps(_conversations()), headers=kind)
    answer = connection.getresponse()
    assert answer.status == 200, answer.read()
    connection.close()


def _conversations() -> dict[str, Any]:
    """As `/export` writes them."""
    return {
        "format": "myllm",
        "version": 1,
        "conversations": [
            {"id": f"c{number}", "messages": [_message(number)]} for number in range(MESSAGES)
        ],
    }


def _message(number: int) -> dict[str, str]:
    return {"id": f"m{number}", "role": "user", "content": "x" * PIECE}


@asynccontextmanager
async def slow_client(port: int) -> AsyncIterator[RawClient]:
    """It receives little until it reads, so that most of an answer waits at the server."""
    connection = socket.socket()
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 64 * 1024)
    connection.setblocking(False)
    await asyncio.get_running_loop().sock_connect(connection, ("127.0.0.1", port))
    reader, writer = await asyncio.open_connection(sock=connection, limit=64 * 1024)
    try:
        yield RawClient(reader, writer)
    finally:
        writer.transport.abort()


def _head(method: str, path: str, token: str, more: str = "") -> str:
    origin = "".join(f"{name}: {value}\r\n" for name, value in REMOTE.items())
    bearer = f"Host: 127.0.0.1\r\nAuthorization: Bearer {token}\r\n"
    return f"{method} {path} HTTP/1.1\r\n{bearer}{origin}{more}\r\n"


async def _revoke(server: LiveServer, made: dict[str, Any]) -> None:
    path = f"/api/v1/devices/{made['device']['id']}"
    assert (await asyncio.to_thread(call, server, "DELETE", path))[0] == 204


async def test_a_download_of_a_device_that_stays_is_whole(full_server: LiveServer) -> None:
    made = await asyncio.to_thread(pair, full_server)
    async with slow_client(full_server.port) as client:
        await client.send(_head("GET", "/api/v1/export", made["token"], "Connection: close\r\n"))
        body = await client.rest(60)
    assert len(body) > WHOLE
    assert body.endswith(b"0\r\n\r\n")


async def test_a_download_of_a_revoked_device_is_cut_off(full_server: LiveServer) -> None:
    made = await asyncio.to_thread(pair, full_server)
    async with slow_client(full_server.port) as client:
        await client.send(_head("GET", "/api/v1/export", made["token"]))
        assert await client.status() == 200
        await _revoke(full_server, made)
        await _until_gone(full_server, made["device"]["id"])
        rest = await client.rest(60)
    assert len(rest) < BUFFERS
    assert not rest.endswith(b"0\r\n\r\n")


async def _until_gone(server: LiveServer, device: str) -> None:
    """Long enough for the server to check: every 0.4 s, and at once when notified."""
    await asyncio.sleep(2)
    found = await asyncio.to_thread(call, server, "GET", "/api/v1/devices")
    assert device not in json.dumps(found[1])


async def test_a_long_poll_of_a_revoked_device_is_cut_off(full_server: LiveServer) -> None:
    made = await asyncio.to_thread(pair, full_server)
    async with chat_socket(full_server.url) as owner:
        await owner.ask("数", "scripted/endless")
        run = (await owner.ask("数", "scripted/endless"))["run"]  # waits for the only slot
    async with slow_client(full_server.port) as client:
        path = f"/api/v1/runs/{run}/text?wait=30"
        await client.send(_head("GET", path, made["token"]))
        await asyncio.sleep(0.5)
        await _revoke(full_server, made)
        assert await client.rest(20) == b""


async def test_an_upload_of_a_revoked_device_is_cut_off(full_server: LiveServer) -> None:
    made = await asyncio.to_thread(pair, full_server)
    async with slow_client(full_server.port) as client:
        length = "Content-Length: 100000\r\nContent-Type: application/json\r\n"
        await client.send(_head("POST", "/api/v1/import", made["token"], length) + "{")
        await asyncio.sleep(0.5)
        await _revoke(full_server, made)
        assert await client.rest(10) == b""
