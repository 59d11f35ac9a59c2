"""https by the server's own authority, from a client that trusts it, and the guide beside it."""

from __future__ import annotations

import json
import signal
import ssl
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from websockets.asyncio.client import connect

from tests.live.tls_server import TlsServer
from tests.patience import PATIENCE


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TlsServer]:
    made = TlsServer(tmp_path_factory.mktemp("tls"))
    made.live.spawn()
    try:
        made.live.wait_until_printed("Ctrl-C")
        yield made
        assert "Traceback" not in made.live.log, made.live.log
    finally:
        made.live.kill()


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"])
def test_who_trusts_the_authority_gets_the_page_by_every_name(server: TlsServer, host: str) -> None:
    page = server.get("/", host)
    assert page.status == 200
    assert page.headers["Strict-Transport-Security"] is None
    assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]
    assert page.headers["Cross-Origin-Opener-Policy"] == "same-origin"


def test_who_does_not_trust_it_gets_nothing(server: TlsServer) -> None:
    with pytest.raises(urllib.error.URLError, match="CERTIFICATE_VERIFY_FAILED"):
        urllib.request.urlopen(f"https://localhost:{server.port}/", timeout=PATIENCE)


async def test_a_chat_goes_over_a_secure_socket(server: TlsServer) -> None:
    url = f"wss://localhost:{server.port}/ws/chat/"
    async with connect(url, ssl=server.trusting(), proxy=None) as socket:
        await socket.send(json.dumps({"message": "hello"}))
        async for text in socket:
            frame = json.loads(text)
            if frame["type"] == "end":
                break
    assert frame["status"] == "completed"


@pytest.mark.parametrize(
    ("language", "word"), [("zh-CN", "证书信任设置"), ("en", "Certificate Trust")]
)
def test_the_plain_port_leads_a_phone_through_trusting(
    server: TlsServer, language: str, word: str
) -> None:
    answer = server.plain("/", **{"Accept-Language": language})
    page = answer.body.decode()
    assert answer.status == 200
    assert word in page
    assert f'href="https://127.0.0.1:{server.port}/"' in page
    assert "style=" not in page
    assert "<script>" not in page
    policy = answer.headers["Content-Security-Policy"]
    assert f"connect-src https://127.0.0.1:{server.port};" in policy
    assert "unsafe" not in policy


def test_the_certificate_is_given_as_devices_install_it(server: TlsServer) -> None:
    answer = server.plain("/trust/myllm.crt")
    assert answer.headers["Content-Type"] == "application/x-x509-ca-cert"
    certificate = answer.body
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_verify_locations(cadata=certificate)
    assert context.get_ca_certs()


@pytest.mark.parametrize("path", ["/static/trust/guide.css", "/static/trust/guide.js", "/healthz"])
def test_what_the_guide_needs_is_there(server: TlsServer, path: str) -> None:
    assert server.plain(path).status == 200


@pytest.mark.parametrize(
    "path", ["/api/v1/me", "/admin/", "/readyz", "/index.html", "/static/admin/css/base.css"]
)
def test_nothing_else_is_served_in_the_clear(server: TlsServer, path: str) -> None:
    assert server.plain(path).status == 404


def test_the_plain_port_opens_no_socket_and_knows_its_own_names_alone(server: TlsServer) -> None:
    upgrade = {"Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13"}
    upgrade["Sec-WebSocket-Key"] = "dGhlIHNhbXBsZSBub25jZQ=="
    assert server.plain("/ws/chat/", **upgrade).status == 404
    assert server.plain("/", Host="evil.example").status == 403


def test_other_phones_are_led_to_the_guide(server: TlsServer) -> None:
    found = json.loads(server.get("/api/v1/connection").body)
    assert all(f":{server.live.port}/" in address["url"] for address in found["addresses"])


def test_the_fingerprint_on_the_page_is_that_in_the_terminal(server: TlsServer) -> None:
    (line,) = [line for line in server.live.log.splitlines() if "SHA-256" in line]
    assert line.rpartition(" ")[2].encode() in server.plain("/").body


def test_it_ends_as_quickly_as_without(tmp_path: Path) -> None:
    made = TlsServer(tmp_path)
    made.live.spawn()
    try:
        made.live.wait_until_printed("Ctrl-C")
        assert made.live.stop(signal.SIGTERM) < 20
        assert made.live.exit_code == 0
    finally:
        made.live.kill()


def test_the_guide_tells_an_app_where_https_is(server: TlsServer) -> None:
    health = json.loads(server.plain("/healthz").body)
    assert health == {"status": "ok", "secure": server.port}
