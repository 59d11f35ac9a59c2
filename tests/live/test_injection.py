"""Text of an unpaired caller or a member stays text: no path, no header, no line of the log."""

from __future__ import annotations

import gzip
import json
import re
from urllib.parse import quote

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from chat.errors import ErrorCode
from chat.errors.sentences import sentence
from tests.live.chat_socket import chat_socket
from tests.live.live_server import ROOT, LiveServer
from tests.live.raw_client import raw_client
from tests.live.remote_caller import REMOTE, call, pair

UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
FORGED = "\r\n2026-11-22 ERROR forged\x1b[31m\u202e"
TRAVERSALS = [
    f"{start}{step}{end}"
    for start in ("/", "/assets/", "/static/", "/static/admin/", "//")
    for step in (
        "../" * 6,
        "%2e%2e/" * 6,
        "..%2f" * 6,
        "..%5c" * 6,
        "....//" * 6,
        "%252e%252e/" * 6,
    )
    for end in ("etc/passwd", "manage.py", "myllm.sqlite3", "secret_key")
]


async def _get(server: LiveServer, target: str) -> tuple[int, bytes]:
    """The target as it is: a client library would normalise it first."""
    async with raw_client(server.port) as client:
        await client.send(f"GET {target} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
        return await client.status(), await client.rest(20)


async def test_no_path_leads_out_of_the_page(paired_server: LiveServer) -> None:
    secrets = [(paired_server.folder / "secret_key").read_bytes(), b"root:", b"SQLite format"]
    for target in TRAVERSALS:
        status, body = await _get(paired_server, target)
        assert status in (400, 403, 404), target
        assert not any(secret in body for secret in secrets), target
        assert (ROOT / "manage.py").read_bytes()[:40] not in body


@pytest.mark.parametrize("target", ["/%00", "/index.html%00.js", "/%ff", "/%0d%0aSet-Cookie:a=b"])
async def test_odd_targets_are_not_found(paired_server: LiveServer, target: str) -> None:
    status, rest = await _get(paired_server, target)
    assert status == 404
    assert b"Set-Cookie" not in rest.partition(b"\r\n\r\n")[0]


@pytest.mark.parametrize("name", ["../../etc/passwd", "a\r\nSet-Cookie: a=b", 'a";x="', "a" * 300])
def test_an_export_has_no_name_but_an_id(paired_server: LiveServer, name: str) -> None:
    status, refused = call(paired_server, "GET", f"/api/v1/export?conversation={quote(name)}")
    assert (status, refused["code"]) == (422, "bad_field")


def test_a_compressed_body_is_not_unpacked(paired_server: LiveServer) -> None:
    bomb = gzip.compress(bytes(50 * 1024 * 1024))
    coding = {"Content-Encoding": "gzip"}
    status, refused = call(paired_server, "POST", "/api/v1/import", bomb.hex(), **coding)
    assert (status, refused["code"]) == (422, "unknown_import")


async def test_a_socket_of_its_own_path_is_refused_quietly(paired_server: LiveServer) -> None:
    for path in ("/ws/other/", f"/ws/chat/{quote(FORGED)}", "/", "/ws/chat"):
        with pytest.raises(InvalidStatus):
            await connect(f"ws://127.0.0.1:{paired_server.port}{path}", proxy=None)
    assert "No route" not in paired_server.log


@pytest.mark.parametrize("key", ["token", "access_token", "Token"])
async def test_a_token_in_a_query_is_refused_and_not_recorded(
    paired_server: LiveServer, key: str
) -> None:
    token = pair(paired_server)["token"]
    for path in ("/api/v1/me", "/api/v1/pair"):
        status, refused = call(paired_server, "GET", f"{path}?{key}={token}", **REMOTE)
        assert (status, refused["code"]) == (400, "token_in_address")
    status, text = call(paired_server, "GET", f"/admin/?{key}={token}", **REMOTE)
    assert (status, text.decode().strip()) == (400, sentence(ErrorCode.TOKEN_IN_ADDRESS, {}, ""))
    with pytest.raises(InvalidStatus):
        await connect(f"{paired_server.url}?{key}={token}", proxy=None)
    assert token not in paired_server.log


def test_names_lose_what_is_unseen(paired_server: LiveServer) -> None:
    name = f"小明{FORGED}"
    device = pair(paired_server)["device"]["id"]
    sent = [
        ("PATCH", f"/api/v1/devices/{device}", {"name": name}),
        ("POST", "/api/v1/members", {"name": name}),
        ("POST", "/api/v1/conversations", {"title": name}),
        ("POST", "/api/v1/personas", {"name": name, "prompt": "x"}),
    ]
    for method, path, body in sent:
        status, made = call(paired_server, method, path, body)
        assert status in (200, 201)
        shown = made.get("name") or made["title"]
        assert shown.startswith("小明")
        assert not UNSEEN.search(shown), path


@pytest.mark.parametrize("name", ["\u200b", "\x00\x1b", "\u202e \u2066"])
def test_a_name_of_nothing_is_refused(paired_server: LiveServer, name: str) -> None:
    for path, body in (("/pair", {"code": "x", "name": name}), ("/members", {"name": name})):
        status, refused = call(paired_server, "POST", f"/api/v1{path}", body)
        assert (status, refused["code"]) == (422, "bad_field")


async def test_nothing_anybody_sends_forges_a_line_of_the_log(paired_server: LiveServer) -> None:
    for path in (quote(FORGED), f"api/v1/{quote(FORGED)}", f"api/v1/runs/{quote(FORGED)}"):
        call(paired_server, "GET", f"/{path}", **REMOTE)
        call(paired_server, "GET", f"/{path}", **{"Accept-Language": "en\x1b[31m forged"})
    async with chat_socket(paired_server.url) as socket:
        for frame in (
            {"type": FORGED},
            {"type": "attach", "run": FORGED},
            {"type": "send", "client_msg_id": "m", "content": FORGED, "model": FORGED},
            {"type": "send", "client_msg_id": FORGED, "content": "x", "model": "scripted/error"},
        ):
            await socket.connection.send(json.dumps(frame))
        assert await socket.still_answers()
    async with raw_client(paired_server.port) as client:
        await client.send(f"{FORGED} / HTTP/1.1\r\n\r\n")
        await client.rest(20)
    assert "forged" not in paired_server.log
    assert "\x1b" not in paired_server.log
