"""The client of a connection, by its ASGI scope."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from typing import Any

from chat.network.host import IPAddress, parse_address, parse_host, unmapped

Scope = Mapping[str, Any]

_FORWARDED = frozenset(
    {
        b"forwarded",
        b"via",
        b"x-forwarded-for",
        b"x-forwarded-host",
        b"x-forwarded-proto",
        b"x-real-ip",
    }
)
"""Headers of a proxy, whose client is another one."""


def address_of(scope: Scope) -> str | None:
    """The client's address; None if the transport has none."""
    client = scope.get("client")
    return str(client[0]) if client else None


def header_of(scope: Scope, name: bytes) -> str:
    """The header's value, or an empty text."""
    headers: dict[bytes, bytes] = dict(scope.get("headers", ()))
    return headers.get(name, b"").decode("latin-1")


def is_local(scope: Scope) -> bool:
    """Whether the client is a program on this computer that uses no proxy."""
    if is_inside(scope):
        return True
    if any(name in _FORWARDED for name, _ in scope.get("headers", ())):
        return False
    return is_loopback(address_of(scope))


def is_inside(scope: Scope) -> bool:
    """Whether it is a socket inside the process, such as one of Channels' test communicator. A
    server without addresses (on a Unix socket) has the version header that every handshake has
    (RFC 6455, 4.2.1).
    """
    if scope.get("type") != "websocket" or address_of(scope) is not None:
        return False
    return not header_of(scope, b"sec-websocket-version")


def is_loopback(address: str | None) -> bool:
    found = _parsed(address)
    return found is not None and found.is_loopback


def rate_limit_key(scope: Scope) -> str:
    """The key for rate limits: the address, or for IPv6 its /64 network, as one computer can use
    any address in it.
    """
    address = address_of(scope) or "unknown"
    found = _parsed(address)
    if found is None:
        return address
    if found.version == 4:
        return str(found)
    return str(ipaddress.ip_network((int(found), 128)).supernet(new_prefix=64))


def _parsed(address: str | None) -> IPAddress | None:
    """The address. IPv4 addresses are IPv6-mapped if the socket listens on both, and some proxies
    append a port.
    """
    found = parse_address(address or "")
    if found is None and (host := parse_host(address)):
        found = host.address
    return None if found is None else unmapped(found)
