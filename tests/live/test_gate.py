"""Foreign pages and rebound names are kept out, even when the whole network is let in."""

from __future__ import annotations

import http.client
from urllib.parse import urlsplit

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus
from websockets.typing import Origin

from chat.network.addresses import reachable, url
from tests.live.live_server import LiveServer
from tests.live.raw_client import raw_client
from tests.patience import PATIENCE


async def handshake(server: LiveServer, host: str, origin: str | None) -> int:
    """The status a WebSocket handshake is answered with; the address is always loopback."""
    try:
        async with connect(
            f"ws://{host}:{server.port}/ws/chat/",
            host="127.0.0.1",
            port=server.port,
            origin=None if origin is None else Origin(origin),
            proxy=None,
        ):
            return 101
    except InvalidStatus as error:
        return error.response.status_code


def get(server: LiveServer, host: str, origin: str | None) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)
    headers = {"Host": f"{host}:{server.port}"} | ({"Origin": origin} if origin else {})
    try:
        connection.request("GET", "/", headers=headers)
        return connection.getresponse().status
    finally:
        connection.close()


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "8.8.8.8", "0.0.0.0"])
async def test_a_foreign_host_is_refused(scripted_server: LiveServer, host: str) -> None:
    assert await handshake(scripted_server, host, None) == 403
    assert get(scripted_server, host, None) == 403


@pytest.mark.parametrize("origin", ["http://evil.example", "http://127.0.0.1:1", "https://a, null"])
async def test_a_foreign_origin_is_refused(scripted_server: LiveServer, origin: str) -> None:
    assert await handshake(scripted_server, "127.0.0.1", origin) == 403
    assert get(scripted_server, "127.0.0.1", origin) == 403


@pytest.mark.parametrize("address", reachable("0.0.0.0"))
async def test_what_the_qr_code_offers_is_let_in(scripted_server: LiveServer, address: str) -> None:
    host = urlsplit(url(address, scripted_server.port)).netloc.rpartition(":")[0]
    assert get(scripted_server, host, f"http://{host}:{scripted_server.port}") == 200


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "192.168.1.7", "100.64.0.1"])
async def test_the_servers_own_page_comes_in(scripted_server: LiveServer, host: str) -> None:
    origin = f"http://{host}:{scripted_server.port}"
    assert await handshake(scripted_server, host, origin) == 101
    assert get(scripted_server, host, origin) == 200


@pytest.mark.parametrize(
    "host", ["localhost:", "127.0.0.1:", "LocalHost.", "[fe80::1%eth0]", "[fe80::1%25eth0]:8000"]
)
async def test_every_way_to_write_a_known_host_is_understood(
    scripted_server: LiveServer, host: str
) -> None:
    async with raw_client(scripted_server.port) as client:
        await client.send(f"GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")
        assert await client.status() == 200
