"""The client of a connection, by its scope."""

from __future__ import annotations

from typing import Any

import pytest

from chat.access.peers import is_local, rate_limit_key


def _scope(address: str | None, *headers: bytes) -> dict[str, Any]:
    client = None if address is None else (address, 5)
    return {"client": client, "headers": [(name, b"x") for name in headers]}


@pytest.mark.parametrize("address", ["127.0.0.1", "127.8.8.8", "::1", "::ffff:127.0.0.1"])
def test_loopback_is_this_computer(address: str) -> None:
    assert is_local(_scope(address))


@pytest.mark.parametrize(
    "address", ["192.168.1.5", "::ffff:192.168.1.5", "fe80::1%eth0", "x", None]
)
def test_everything_else_is_not(address: str | None) -> None:
    assert not is_local(_scope(address))


@pytest.mark.parametrize("header", [b"x-forwarded-for", b"forwarded", b"x-real-ip", b"via"])
def test_a_proxy_on_this_computer_is_not_a_local_client(header: bytes) -> None:
    assert not is_local(_scope("127.0.0.1", b"host", header))


def test_a_socket_of_this_process_is_local_and_one_of_a_socket_file_is_not() -> None:
    inside = {"type": "websocket", "headers": [(b"origin", b"http://localhost")]}
    assert is_local(inside)
    assert not is_local(inside | {"headers": [(b"sec-websocket-version", b"13")]})
    assert not is_local(inside | {"type": "http"})
    assert not is_local(inside | {"client": ("192.168.1.5", 5)})


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("192.168.1.5", "192.168.1.5"),
        ("::ffff:192.168.1.5", "192.168.1.5"),
        ("2001:db8::1:2:3:4", "2001:db8::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("192.168.1.5:50123", "192.168.1.5"),
        ("[2001:db8::1:2:3:4]:50123", "2001:db8::/64"),
        (None, "unknown"),
    ],
)
def test_all_addresses_of_one_computer_have_one_rate_limit_key(
    address: str | None, place: str
) -> None:
    assert rate_limit_key(_scope(address)) == place
