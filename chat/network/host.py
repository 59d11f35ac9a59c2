"""The host of URLs and of the `Host` header (RFC 3986, 3.2.2), in canonical form."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address

LONGEST = 255
"""Characters of a host with its port; a DNS name has at most 253."""
_HOST = re.compile(r"(?P<name>\[[^\[\]/?#@\s]+\]|[^\[\]:/?#@\s\\]+)(:(?P<port>[0-9]{0,5}))?")
_NAME = re.compile(r"[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*")


@dataclass(frozen=True, slots=True)
class Host:
    """`name` is in lower case, without a final dot, and an IPv6 address without brackets and zone.
    `address` is set if the name is an address literal, `port` if one was given.
    """

    name: str
    port: int | None = None
    address: IPAddress | None = None

    def __str__(self) -> str:
        shown = f"[{self.name}]" if ":" in self.name else self.name
        return shown if self.port is None else f"{shown}:{self.port}"


def parse_host(text: str | None) -> Host | None:
    """A name or an address literal, with or without a port; None for anything else."""
    found = _HOST.fullmatch(text) if text and len(text) <= LONGEST else None
    if found is None:
        return None
    port = int(found["port"]) if found["port"] else None
    if port is not None and not 0 < port < 65536:
        return None
    return _bracketed(found["name"], port) or _plain(found["name"].lower(), port)


def parse_address(text: str) -> IPAddress | None:
    """The address without the zone, which names an interface of the sender."""
    try:
        return ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return None


def unmapped(address: IPAddress) -> IPAddress:
    """The IPv4 address of an IPv4-mapped IPv6 address (RFC 4291, 2.5.5.2), or itself."""
    return getattr(address, "ipv4_mapped", None) or address


def _bracketed(name: str, port: int | None) -> Host | None:
    address = parse_address(name[1:-1]) if name.startswith("[") else None
    if address is None or address.version != 6:
        return None
    return Host(str(address), port, address)


def _plain(name: str, port: int | None) -> Host | None:
    if address := parse_address(name):
        return Host(str(address), port, address)
    name = name.removesuffix(".")
    return Host(name, port) if _NAME.fullmatch(name) else None
