"""The host check: which callers are accepted, by their headers."""

from __future__ import annotations

import ipaddress
from dataclasses import replace
from typing import Any

import pytest

from chat.access import host_check as gate
from chat.access.host_check import AccessPolicy, Caller, HostCheck, current_policy, refusal
from chat.access.own_addresses import OwnAddresses
from tests.overrides import Overrides

CLOSED = AccessPolicy(open=False, hosts=frozenset({"chat.home"}), origins=frozenset())
OPEN = AccessPolicy(open=True, hosts=frozenset(), origins=frozenset({"https://friend.example"}))

LAN = "192.168.43.20"


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1:8000", "localhost:8000", "LOCALHOST", "192.168.43.1:8000", "10.0.0.5", "[::1]:80"],
)
def test_private_literals_and_localhost_are_known_hosts(host: str) -> None:
    assert refusal(Caller(LAN, host, None), OPEN) is None


@pytest.mark.parametrize(
    "host", ["evil.example", "8.8.8.8:8000", "127.0.0.1.evil.example", "", None, "[::1", "a@b:1:2"]
)
def test_other_hosts_are_refused_even_when_open(host: str | None) -> None:
    assert refusal(Caller(LAN, host, None), OPEN) == "host"


def test_a_configured_name_is_a_known_host() -> None:
    assert refusal(Caller("127.0.0.1", "Chat.Home:8000", None), CLOSED) is None


def test_the_pages_own_origin_is_let_in() -> None:
    caller = Caller(LAN, "192.168.43.1:8000", "http://192.168.43.1:8000")
    assert refusal(caller, OPEN) is None


@pytest.mark.parametrize(
    "origin",
    ["http://evil.example", "http://192.168.43.1:9000", "null", "file://", "192.168.43.1:8000"],
)
def test_a_foreign_origin_is_refused_even_when_open(origin: str) -> None:
    assert refusal(Caller(LAN, "192.168.43.1:8000", origin), OPEN) == "origin"


@pytest.mark.parametrize("origin", ["null", "file://", "https://servicewechat.com"])
def test_an_app_is_let_in_to_show_its_token(origin: str) -> None:
    reaching = Caller(LAN, "192.168.43.1:8000", origin, path="/api/v1/me")
    assert refusal(reaching, OPEN) is None
    assert refusal(replace(reaching, path="/", is_socket=True), OPEN) is None
    assert refusal(replace(reaching, path="/healthz"), OPEN) is None
    assert refusal(replace(reaching, path="/admin/"), OPEN) == "origin"
    assert refusal(reaching, replace(OPEN, tokens=False)) == "origin"


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_without_tokens_another_site_reaches_nothing_private(site: str) -> None:
    policy = replace(OPEN, tokens=False)
    caller = Caller(LAN, "192.168.43.1:8000", None, site)
    for path in ("/api/v1/search", "/admin/"):
        assert refusal(replace(caller, path=path), policy) == "origin"
    assert refusal(replace(caller, path="/ws/chat/", is_socket=True), policy) == "origin"
    assert refusal(replace(caller, path="/"), policy) is None
    assert refusal(replace(caller, path="/api/v1/search", site="same-origin"), policy) is None


def test_the_address_a_connection_arrived_at_is_a_known_host() -> None:
    caller = Caller(LAN, "[2a00::1]:8000", "http://[2a00::1]:8000", server="2a00::1%eth0")
    assert refusal(caller, OPEN) is None
    assert refusal(replace(caller, server="2a00::2"), OPEN) == "host"
    assert refusal(replace(caller, host="8.8.4.4", server="::ffff:8.8.4.4"), OPEN) == "origin"


def test_a_listed_origin_is_let_in() -> None:
    assert refusal(Caller(LAN, "192.168.43.1", "https://friend.example"), OPEN) is None


def test_another_computer_is_refused_unless_open() -> None:
    assert refusal(Caller(LAN, "192.168.43.1", None), CLOSED) == "remote"
    assert refusal(Caller("127.0.0.1", "127.0.0.1", None), CLOSED) is None


def test_a_call_inside_the_process_is_let_in() -> None:
    assert refusal(Caller(None, None, None), CLOSED) is None


@pytest.mark.parametrize(
    ("kind", "first"), [("http", "http.response.start"), ("websocket", "websocket.close")]
)
async def test_the_host_check_answers_instead_of_the_application(kind: str, first: str) -> None:
    sent: list[dict[str, Any]] = []

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    async def application(*_: object) -> None:
        raise AssertionError("the application was reached")

    scope = {"type": kind, "client": ("127.0.0.1", 5), "headers": [(b"host", b"evil.example")]}
    await HostCheck(application)(scope, _nothing, send)
    assert sent[0]["type"] == first


async def test_the_interfaces_are_read_for_an_unlisted_address(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    own = OwnAddresses(lambda: frozenset({ipaddress.ip_address("8.8.4.4")}))
    monkeypatch.setattr(gate, "own_addresses", own)
    reached: list[bytes] = []

    async def application(scope: dict[str, Any], *_: object) -> None:
        reached.append(scope["headers"][0][1])

    async def ignore(message: object) -> None:
        pass

    for host in (b"8.8.4.4:8000", b"8.8.8.8:8000", b"evil.example"):
        scope = {"type": "http", "client": (LAN, 5), "headers": [(b"host", host)]}
        await HostCheck(application)(scope, _nothing, ignore)
    assert reached == [b"8.8.4.4:8000"]


async def _nothing() -> None:
    raise AssertionError("nothing is to be read")


def test_a_public_address_is_a_known_host(conf: Overrides) -> None:
    caller = Caller("127.0.0.1", "chat.example.com", "https://chat.example.com")
    assert refusal(caller, current_policy()) == "host"
    conf.public_url = "https://chat.example.com"
    assert refusal(caller, current_policy()) is None
