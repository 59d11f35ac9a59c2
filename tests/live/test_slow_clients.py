"""Clients that send a byte at a time, or nothing, or read nothing, are disconnected; others are
not.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.live.live_server import LiveServer
from tests.live.raw_client import UPGRADE, RawClient, raw_client
from tests.live.remote_caller import call
from tests.patience import PATIENCE

HEAD = "Host: 127.0.0.1\r\nX-Forwarded-For: 192.0.2.9\r\n"
PAIRING = f"POST /api/v1/pair HTTP/1.1\r\n{HEAD}Content-Type: application/json\r\n"
SOON = PATIENCE
"""The limits of this server are one second each; without any it would be longer than this."""
BIG = 64 * 1024 * 1024
"""Far more than fits between the two ends unread."""


@pytest.fixture(scope="module")
def strict_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    folder: Path = tmp_path_factory.mktemp("strict")
    (folder / "page").mkdir()
    with (folder / "page" / "big.bin").open("wb") as big:
        big.truncate(BIG)
    limits = {"HEADER_SECONDS": 1, "STALLED_SECONDS": 1, "PING_SECONDS": 1}
    access = {"PAIRING": 1, "OPEN": 0, "MODELS": "scripted"}
    with LiveServer(folder, **access, **limits) as server:  # type: ignore[arg-type]
        yield server
        assert "Traceback" not in server.log, server.log


async def _closed_soon(client: RawClient) -> bytes:
    return await client.rest(SOON)


async def test_headers_that_drip_are_cut_off_while_others_are_served(
    strict_server: LiveServer,
) -> None:
    async def loris() -> bytes:
        async with raw_client(strict_server.port) as client:
            dripping = f"GET / HTTP/1.1\r\n{HEAD}X: {'a' * 10_000}"
            drip = asyncio.create_task(client.drip(dripping, 0.02))
            rest = await _closed_soon(client)
            await drip
            return rest

    attack = [asyncio.create_task(loris()) for _ in range(100)]
    answered = await asyncio.to_thread(call, strict_server, "GET", "/healthz")
    assert answered[0] == 200
    assert set(await asyncio.gather(*attack)) == {b""}


@pytest.mark.parametrize("seconds", [None, 0.02], ids=["silent", "dripping"])
async def test_a_body_that_never_ends_is_cut_off(
    strict_server: LiveServer, seconds: float | None
) -> None:
    async with raw_client(strict_server.port) as client:
        await client.send(f"{PAIRING}Content-Length: 100000\r\n\r\n{{")
        if seconds:
            drip = asyncio.create_task(client.drip("x" * 10_000, seconds))
            await _closed_soon(client)
            await drip
        else:
            await _closed_soon(client)


async def test_a_second_request_has_no_more_time_than_the_first(
    strict_server: LiveServer,
) -> None:
    async with raw_client(strict_server.port) as client:
        await client.send(f"GET /healthz HTTP/1.1\r\n{HEAD}\r\n")
        assert await client.status() == 200
        drip = asyncio.create_task(client.drip("GET / HTTP/1.1\r\n" + "X: a\r\n" * 100, 0.02))
        await _closed_soon(client)
        await drip


async def test_a_slow_upload_that_makes_progress_is_accepted(strict_server: LiveServer) -> None:
    piece, pieces = "x" * 8192, 10
    async with raw_client(strict_server.port) as client:
        await client.send(
            "POST /api/v1/import HTTP/1.1\r\nHost: 127.0.0.1\r\n"
            f"Content-Length: {len(piece) * pieces}\r\n\r\n"
        )
        for _ in range(pieces):
            await client.send(piece)
            await asyncio.sleep(0.3)
        assert await client.status() == 422


async def test_an_answer_that_is_not_read_is_dropped(strict_server: LiveServer) -> None:
    async with raw_client(strict_server.port) as client:
        await client.send(f"GET /big.bin HTTP/1.1\r\n{HEAD}\r\n")
        await asyncio.sleep(4)  # the stream's own buffer is full long before
        assert len(await _closed_soon(client)) < BIG


async def test_an_answer_read_slowly_is_sent_whole(strict_server: LiveServer) -> None:
    async with raw_client(strict_server.port) as client:
        await client.send(f"GET /big.bin HTTP/1.1\r\n{HEAD}Connection: close\r\n\r\n")
        size = 0
        while piece := await client.reader.read(BIG // 8):
            size += len(piece)
            await asyncio.sleep(0.001)
        assert size > BIG


async def test_a_socket_that_answers_no_ping_is_cut_off(strict_server: LiveServer) -> None:
    async with raw_client(strict_server.port) as client:
        local = UPGRADE.replace("X-Forwarded-For: {address}\r\n{more}", "")
        await client.send(local)
        assert await client.status() == 101
        await _closed_soon(client)
