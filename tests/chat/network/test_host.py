"""Hosts: one canonical form for all spellings."""

from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chat.network.host import parse_host, unmapped


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("LOCALHOST", "localhost"),
        ("Chat.Home.:8000", "chat.home:8000"),
        ("192.168.1.5:80", "192.168.1.5:80"),
        ("[FE80::1%25eth0]:8000", "[fe80::1]:8000"),
        ("[2001:DB8:0::1]", "[2001:db8::1]"),
        ("a.example:", "a.example"),
        ("my_nas", "my_nas"),
    ],
)
def test_what_means_the_same_is_written_alike(text: str, canonical: str) -> None:
    assert str(parse_host(text)) == canonical


@pytest.mark.parametrize(
    "text",
    [
        *(None, "", "[::1", "a@b", "a@127.0.0.1", "127.0.0.1/x", "a b", "a:b", "a:0", "a:65536"),
        *("a..b", "[127.0.0.1]", "::1:80", "a,b", "-a", "a\\b", "x" * 300),
    ],
)
def test_what_is_no_host_is_none(text: str | None) -> None:
    assert parse_host(text) is None


@given(st.ip_addresses(), st.none() | st.integers(1, 65535))
def test_an_address_is_found_again(
    address: ipaddress.IPv4Address | ipaddress.IPv6Address, port: int | None
) -> None:
    shown = f"[{address}]" if address.version == 6 else str(address)
    found = parse_host(shown if port is None else f"{shown}:{port}")
    assert found is not None
    assert (found.address, found.port) == (address, port)
    assert parse_host(str(found)) == found


@given(st.ip_addresses(v=4))
def test_a_mapped_address_means_its_ipv4_address(address: ipaddress.IPv4Address) -> None:
    assert unmapped(ipaddress.ip_address(f"::ffff:{address}")) == address
    assert unmapped(address) == address
