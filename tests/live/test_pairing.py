"""Pairing on a real server, from the unpaired device to the revoked one."""

from __future__ import annotations

import asyncio
import http.client
from pathlib import Path

from tests.live.live_server import LiveServer
from tests.live.remote_caller import REMOTE, call, handshake, pair, remote_socket
from tests.patience import PATIENCE


def test_an_unpaired_device_gets_the_page_and_nothing_else(paired_server: LiveServer) -> None:
    assert call(paired_server, "GET", "/", **REMOTE)[0] == 200
    assert call(paired_server, "GET", "/healthz", **REMOTE)[0] == 200
    status, refused = call(paired_server, "GET", "/api/v1/conversations", **REMOTE)
    assert (status, refused["code"]) == (401, "unpaired")
    assert call(paired_server, "GET", "/api/v1/me")[1]["role"] == "owner"


def test_an_unpaired_device_uploads_nothing(paired_server: LiveServer) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", paired_server.port, timeout=PATIENCE)
    size = {"Content-Length": str(200 * 1024 * 1024)}
    connection.request("POST", "/api/v1/import", b"", headers=REMOTE | size)
    assert connection.getresponse().status == 401
    connection.close()


async def test_a_device_chats_until_it_is_revoked(paired_server: LiveServer) -> None:
    made = await asyncio.to_thread(pair, paired_server)
    async with remote_socket(paired_server) as socket:
        await socket.tell("hello", token=made["token"])
        assert (await socket.receive_next("hello"))["device"] == made["device"]["id"]
        assert (await socket.answer("你好", "scripted/plain"))[-1]["status"] == "completed"
        path = f"/api/v1/devices/{made['device']['id']}"
        await asyncio.to_thread(call, paired_server, "DELETE", path)
        assert await socket.closed_with() == 4401
    bearer = REMOTE | {"Authorization": f"Bearer {made['token']}"}
    assert call(paired_server, "GET", "/api/v1/me", **bearer)[0] == 401
    assert made["token"] not in paired_server.log
    assert made["secret"] not in paired_server.log


async def test_silence_and_a_wrong_token_are_closed_with_4401(paired_server: LiveServer) -> None:
    async with remote_socket(paired_server) as silent, remote_socket(paired_server) as wrong:
        await wrong.tell("hello", token="x" * 43)
        assert (await wrong.receive())["code"] == "unpaired"
        assert await wrong.closed_with() == 4401
        assert (await silent.receive())["code"] == "unpaired"
        assert await silent.closed_with() == 4401


async def test_of_many_silent_sockets_few_are_opened(paired_server: LiveServer) -> None:
    results = await asyncio.gather(*(handshake(paired_server) for _ in range(50)))
    assert results.count(101) == 8
    assert results.count(403) == 42
    made = await asyncio.to_thread(pair, paired_server)
    async with remote_socket(paired_server) as socket:  # the silent ones were closed meanwhile
        await socket.tell("hello", token=made["token"])
        assert await socket.receive_next("hello")


def test_a_token_in_the_address_is_refused_and_not_recorded(paired_server: LiveServer) -> None:
    status, refused = call(paired_server, "GET", "/api/v1/me?token=s3cret")
    assert (status, refused["code"]) == (400, "token_in_address")
    assert "s3cret" not in paired_server.log


def test_devices_and_conversations_outlive_the_server(tmp_path: Path) -> None:
    settings = {"OPEN": 0, "MODELS": "scripted"}
    with LiveServer(tmp_path, **settings) as before:  # type: ignore[arg-type]
        _, made = call(before, "POST", "/api/v1/conversations", {"title": "旧的"})
    with LiveServer(tmp_path, PAIRING=1, **settings) as server:  # type: ignore[arg-type]
        bearer = REMOTE | {"Authorization": f"Bearer {pair(server)['token']}"}
        server.kill()
        server.start()
        _, listed = call(server, "GET", "/api/v1/conversations", **bearer)
        assert [one["id"] for one in listed["conversations"]] == [made["id"]]
