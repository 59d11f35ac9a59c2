"""Pages of other sites, and apps that look like them, on the owner's own computer: both are served
only with a token. All callers here are on loopback, where the owner needs none.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from websockets.asyncio.client import connect

from tests.live.chat_socket import ChatSocket
from tests.live.live_server import LiveServer
from tests.live.raw_client import raw_client
from tests.live.remote_caller import Headers, call, from_address, pair

HOST = "127.0.0.1"
APPS = (
    {"Origin": "null"},
    {"Origin": "file://", "Sec-Fetch-Site": "cross-site"},
    {"Origin": "https://servicewechat.com"},
    {"Origin": "https://servicewechat.com/wx0123456789/12/page-frame.html"},
    {"Origin": "https://servicewechat.com, https://servicewechat.com"},
    {"Origin": "http://127.0.0.1,undefined", "Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
)
"""What Apps and mini-programs send; a page of another site can send each of these, too."""


@pytest.fixture(scope="module")
def token(paired_server: LiveServer) -> str:
    return str(pair(paired_server, from_address("192.0.2.81"))["token"])


@asynccontextmanager
async def socket_of(server: LiveServer, headers: Headers) -> AsyncIterator[ChatSocket]:
    async with connect(server.url, proxy=None, additional_headers=headers) as connection:
        yield ChatSocket(connection)


@pytest.mark.parametrize("headers", APPS)
@pytest.mark.parametrize("path", ["/api/v1/search?q=secret", "/api/v1/export", "/api/v1/me"])
def test_nothing_is_looked_up_without_a_token(
    paired_server: LiveServer, path: str, headers: Headers
) -> None:
    status, refused = call(paired_server, "GET", path, **headers)
    assert (status, refused["code"]) == (401, "unpaired")
    assert call(paired_server, "POST", "/api/v1/conversations", {}, **headers)[0] == 401
    assert call(paired_server, "GET", path, **{"Sec-Fetch-Site": "none"})[0] == 200
    assert call(paired_server, "GET", path)[0] == 200


def test_the_admins_pages_are_no_other_sites(paired_server: LiveServer) -> None:
    assert call(paired_server, "GET", "/admin/login/", **{"Sec-Fetch-Site": "cross-site"})[0] == 401
    assert call(paired_server, "GET", "/admin/login/", **{"Sec-Fetch-Site": "none"})[0] == 200


def test_a_link_on_another_site_opens_the_page(paired_server: LiveServer) -> None:
    link = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}
    assert call(paired_server, "GET", "/", **link)[0] == 200


@pytest.mark.parametrize("headers", APPS)
async def test_an_app_is_served_for_its_token(
    paired_server: LiveServer, token: str, headers: Headers
) -> None:
    bearer = headers | {"Authorization": f"Bearer {token}"}
    status, me = await asyncio.to_thread(call, paired_server, "GET", "/api/v1/me", **bearer)
    assert (status, me["role"]) == (200, "owner")
    assert me["device"]
    wrong = headers | {"Authorization": "Bearer wrong"}
    assert (await asyncio.to_thread(call, paired_server, "GET", "/api/v1/me", **wrong))[0] == 401
    async with socket_of(paired_server, headers) as socket:
        await socket.tell("hello", token=token)
        assert (await socket.receive_next("hello"))["device"] == me["device"]
        assert (await socket.answer("你好", "scripted/plain"))[-1]["status"] == "completed"


@pytest.mark.parametrize("headers", APPS)
@pytest.mark.parametrize("first", [{"type": "hello"}, {"message": "x"}, {"type": "ping"}])
async def test_an_apps_socket_has_to_send_hello_with_a_token(
    paired_server: LiveServer, headers: Headers, first: dict[str, Any]
) -> None:
    async with socket_of(paired_server, headers) as socket:
        await socket.connection.send(json.dumps(first))
        assert (await socket.receive())["code"] == "unpaired"
        assert await socket.closed_with() == 4401


@pytest.mark.parametrize("origin", ["null", "file://"])
def test_of_an_open_server_another_site_is_no_visitor(
    scripted_server: LiveServer, origin: str
) -> None:
    afar = from_address("192.0.2.82")
    assert call(scripted_server, "GET", "/api/v1/search?q=x", **afar)[0] == 200
    for headers in ({"Origin": origin}, {"Sec-Fetch-Site": "cross-site"}):
        assert call(scripted_server, "GET", "/api/v1/search?q=x", **afar, **headers)[0] == 401


def test_a_foreign_page_is_refused_with_a_good_token(paired_server: LiveServer, token: str) -> None:
    foreign = {"Origin": "https://evil.example", "Authorization": f"Bearer {token}"}
    assert call(paired_server, "GET", "/api/v1/me", **foreign)[0] == 403


@pytest.mark.parametrize("headers", APPS)
def test_an_app_can_be_paired(paired_server: LiveServer, headers: Headers) -> None:
    made = pair(paired_server, from_address("192.0.2.83") | headers)
    bearer = {"Authorization": f"Bearer {made['token']}"}
    assert call(paired_server, "GET", "/api/v1/me", **headers, **bearer)[0] == 200


def test_an_apps_guesses_are_limited(paired_server: LiveServer) -> None:
    guessing = from_address("192.0.2.84") | {"Origin": "null"}
    guess = {"code": "x" * 22, "name": "App"}
    statuses = [call(paired_server, "POST", "/api/v1/pair", guess, **guessing)[0] for _ in range(9)]
    assert 429 in statuses


@pytest.mark.parametrize("origin", ["null", "file://", "https://servicewechat.com"])
async def test_an_apps_web_view_reads_what_it_is_answered(
    paired_server: LiveServer, origin: str
) -> None:
    asked = f"Host: {HOST}\r\nOrigin: {origin}\r\n"
    preflight = (
        f"OPTIONS /api/v1/me HTTP/1.1\r\n{asked}Access-Control-Request-Method: PATCH\r\n"
        "Access-Control-Request-Headers: authorization, content-type\r\nConnection: close\r\n\r\n"
    )
    refused = f"GET /api/v1/me HTTP/1.1\r\n{asked}Connection: close\r\n\r\n"
    for request, status in ((preflight, b" 200 "), (refused, b" 401 ")):
        async with raw_client(paired_server.port) as client:
            await client.send(request)
            head = (await client.rest(20)).partition(b"\r\n\r\n")[0].lower()
        assert status in head
        assert f"access-control-allow-origin: {origin}".encode() in head
        assert b"access-control-allow-credentials" not in head
        if request is preflight:
            assert b"authorization" in head
