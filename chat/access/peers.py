"""What an ASGI scope says about the client of a connection."""

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
"""Headers of a proxy: the client behind it is somebody else."""


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
    """Whether this is a socket inside the process, such as that of Channels' test communicator. A
    server without addresses (on a Unix socket) passes on the version that every handshake has
    (RFC 6455, 4.2.1).
    """
    if scope.get("type") != "websocket" or address_of(scope) is not None:
        return False
    return not header_of(scope, b"sec-websocket-version")


def is_loopback(address: str | None) -> bool:
    found = _parsed(address)
    return found is not None and found.is_loopback


def rate_limit_key(scope: Scope) -> str:
    """What limits are counted by: the address, for IPv6 its /64 network, since one computer may
    use any address in that.
    """
    address = address_of(scope) or "unknown"
    found = _parsed(address)
    if found is None:
        return address
    if found.version == 4:
        return str(found)
    return str(ipaddress.ip_network((int(found), 128)).supernet(new_prefix=64))


def _parsed(address: str | None) -> IPAddress | None:
    """IPv4 addresses come as IPv6 from a socket that listens on both, and with a port from some
    proxies.
    """
    found = parse_address(address or "")
    if found is None and (host := parse_host(address)):
        found = host.address
    return None if found is None else unmapped(found)
