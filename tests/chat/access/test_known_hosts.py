"""Known hosts: all names and addresses of this server, and no others."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

import pytest

from chat.access.known_hosts import is_known_host, names_of
from chat.network import addresses
from chat.network.addresses import Candidate, of_this_computer, reachable, url

NAMES = frozenset({"chat.home"})
GLOBAL = "2001:db8:85a3:8d3:1319:8a2e:370:7348"
INTERFACES = (
    *("192.168.1.5", "10.0.0.2", "172.17.0.1", "100.64.0.1", "100.127.255.254", "203.0.113.9"),
    *("8.8.4.4", "192.168.137.1", "fd00::5", "2a00:1450:4001:81b::200e", "fe80::1", "127.0.0.1"),
)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "2a00:1450:4001:81b::200e"])
def test_every_address_that_is_offered_is_known(monkeypatch: pytest.MonkeyPatch, host: str) -> None:
    found = [Candidate(ipaddress.ip_address(text), "eth0") for text in INTERFACES]
    monkeypatch.setattr(addresses, "_candidates", lambda: found)
    offered = reachable(host)
    assert offered
    for address in offered:
        for page in (url(address, 8000), url(address, 443, "https")):
            assert is_known_host(urlsplit(page).netloc, NAMES, of_this_computer()), page


@pytest.mark.parametrize(
    "host",
    [
        *("localhost", "LOCALHOST:8000", "chat.home", "Chat.Home.:8000"),
        *("127.0.0.1:8000", "127.0.1.1", "[::1]:80", "10.0.0.5", "192.168.43.1:8000"),
        *("100.64.0.1", "100.100.100.100:8000", "[fe80::1%25eth0]:8000", "[fd00::5]"),
        "[::ffff:192.168.1.5]:8000",
    ],
)
def test_private_literals_and_listed_names_are_known(host: str) -> None:
    assert is_known_host(host, NAMES, ())


@pytest.mark.parametrize(
    "host",
    [
        *(None, "", "evil.example", "127.0.0.1.evil.example", "chat.home.evil.example"),
        *("8.8.8.8:8000", "100.128.0.1", "[2a00::1]", "[::ffff:8.8.8.8]", "evil@127.0.0.1"),
        *("127.0.0.1/evil", "127.1", "2130706433", "0x7f000001", "localhost.evil.example"),
    ],
)
def test_other_names_and_addresses_are_not(host: str | None) -> None:
    assert not is_known_host(host, NAMES, ())


@pytest.mark.parametrize(
    "host", ["0.0.0.0:8000", "[::]:8000", "[::ffff:127.0.0.1]", "[::ffff:0:0]"]
)
def test_loopback_is_not_known_where_browsers_tell_no_site(host: str) -> None:
    every = [ipaddress.ip_address(text) for text in ("127.0.0.1", "0.0.0.0", "::")]
    assert not is_known_host(host, NAMES, every)


@pytest.mark.parametrize("host", ["8.8.8.8", f"[{GLOBAL}]:8000", "[::ffff:8.8.8.8]:80"])
def test_an_address_of_the_internet_is_known_while_it_is_ours(host: str) -> None:
    own = {ipaddress.ip_address("8.8.8.8"), ipaddress.ip_address(GLOBAL)}
    assert is_known_host(host, NAMES, own)


def test_settings_may_list_names_addresses_and_the_public_url() -> None:
    listed = names_of(("Chat.Home", "2001:DB8::1", "203.0.113.7", "a b"), "https://x.example:8443")
    assert listed == {"chat.home", "2001:db8::1", "203.0.113.7", "x.example"}
    assert is_known_host("[2001:db8::1]:8000", listed, ())
    assert is_known_host("x.example:8443", listed, ())
