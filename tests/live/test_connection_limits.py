"""However many connections there are, a paired phone connects, and nothing of them remains."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress

import psutil
import pytest
from websockets.exceptions import InvalidStatus

from tests.live.live_server import LiveServer
from tests.live.raw_client import UPGRADE, RawClient, allow_many_files, raw_client
from tests.live.remote_caller import call, from_address, pair, remote_socket

IDLE = 2000
CONNECTS = 10_000
AT_ONCE = 50
PER_ADDRESS = 256
CLOSED_WITHIN = 5.0
ALLOWED = 15.0
"""Seconds a busy machine may be late."""
MIB = 1024 * 1024


@pytest.fixture(scope="module", autouse=True)
def _many_files() -> None:
    allow_many_files(3 * IDLE)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    """With the default limits."""
    folder = tmp_path_factory.mktemp("crowded")
    with LiveServer(folder, PAIRING=1, OPEN=0, MODELS="scripted") as started:
        yield started
        assert "Traceback" not in started.log, started.log


def _open_files(server: LiveServer) -> int:
    return psutil.Process(server.pid).num_fds()


async def _phone_connects(server: LiveServer, token: str) -> float:
    """Seconds until `hello` is answered; a refused phone retries, as the page does."""
    began = time.monotonic()
    async with asyncio.timeout(CLOSED_WITHIN + ALLOWED):
        while not await _is_greeted(server, token):  # noqa: ASYNC110 – there is no event
            await asyncio.sleep(0.3)
    return time.monotonic() - began


async def _is_greeted(server: LiveServer, token: str) -> bool:
    with suppress(InvalidStatus):
        async with remote_socket(server, from_address("192.0.2.200")) as socket:
            await socket.tell("hello", token=token)
            return bool(await socket.receive_next("hello"))
    return False


async def _settled(server: LiveServer, files: int, within: float = 20) -> None:
    """Polls, as another process does not report that it has closed its files."""
    async with asyncio.timeout(within):
        while _open_files(server) > files:  # noqa: ASYNC110 – another process has no events
            await asyncio.sleep(0.1)


async def test_2000_connections_that_send_nothing(server: LiveServer) -> None:
    token = (await asyncio.to_thread(pair, server))["token"]
    files = _open_files(server)

    async def stay() -> None:
        async with raw_client(server.port) as client:
            await client.rest(CLOSED_WITHIN + ALLOWED)

    connections = [asyncio.create_task(stay()) for _ in range(IDLE)]
    await asyncio.sleep(1)
    await _settled(server, files + PER_ADDRESS + 10, within=3)  # before the first is too late
    assert await _phone_connects(server, token) < CLOSED_WITHIN
    await asyncio.gather(*connections)
    await _settled(server, files)


async def test_2000_sockets_without_a_token_from_many_addresses(server: LiveServer) -> None:
    token = (await asyncio.to_thread(pair, server))["token"]
    files = _open_files(server)

    async def stay(number: int) -> int:
        async with raw_client(server.port) as client:
            await client.send(UPGRADE.format(address=f"198.51.100.{number % 250}", more=""))
            status = await client.status()
            await client.rest(CLOSED_WITHIN + ALLOWED)
            return status

    connections = [asyncio.create_task(stay(number)) for number in range(IDLE)]
    await asyncio.sleep(1)
    await _phone_connects(server, token)
    statuses = Counter(await asyncio.gather(*connections))
    assert set(statuses) <= {0, 101, 403}
    assert await _phone_connects(server, token) < CLOSED_WITHIN
    await _settled(server, files)


async def test_10000_connects_leave_nothing_behind(server: LiveServer) -> None:
    """Some ask for a pairing, some send a request, most send nothing; fifty at a time."""
    await _connect(server, 500)
    await _settled(server, files := _open_files(server))
    memory = psutil.Process(server.pid).memory_info().rss
    await _connect(server, CONNECTS)
    await _settled(server, files)
    assert psutil.Process(server.pid).memory_info().rss - memory < 20 * MIB
    assert call(server, "GET", "/healthz")[0] == 200


async def _connect(server: LiveServer, count: int) -> None:
    numbers = iter(range(count))

    async def one_after_another() -> None:
        for number in numbers:
            async with raw_client(server.port) as client:
                await _visit(client, number)

    await asyncio.gather(*(one_after_another() for _ in range(AT_ONCE)))


async def _visit(client: RawClient, number: int) -> None:
    """All come from one address, so a slow one may be closed to admit others: 0."""
    address = f"198.51.{number % 200}.{number // 200 % 250}"
    match number % 50:
        case 0 | 25:
            await client.send(UPGRADE.format(address=address, more=""))
            assert await client.status() in (0, 101, 403)
        case 1:
            await client.send("GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
            assert await client.status() in (0, 200)
        case 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9:
            await client.send("GET /hea")
        case _:
            pass
