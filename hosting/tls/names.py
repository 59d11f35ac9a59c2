"""The names and addresses that a certificate of this server covers."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable
from dataclasses import dataclass

IPNetwork = ipaddress.IPv4Network | ipaddress.IPv6Network
IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address

DOMAINS = ("localhost", "local", "lan", "internal", "home.arpa")
"""Domains that do not exist on the internet."""
NETWORKS: tuple[IPNetwork, ...] = tuple(
    ipaddress.ip_network(network)
    for network in (
        *("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "100.64.0.0/10"),
        *("127.0.0.0/8", "::1/128", "fc00::/7", "fe80::/10"),
    )
)
"""Networks whose addresses are private."""


@dataclass(frozen=True, slots=True)
class Names:
    """The hosts and addresses of one certificate."""

    hosts: frozenset[str]
    addresses: frozenset[IPAddress]

    def __le__(self, other: Names) -> bool:
        """Whether `other` covers all of these."""
        return self.hosts <= other.hosts and self.addresses <= other.addresses


def names_of(addresses: Iterable[str], hosts: Iterable[str]) -> Names:
    """This computer's own names, and those of `addresses` and `hosts` that are private; others,
    such as a domain on the internet, need a public authority.
    """
    parsed = {ipaddress.ip_address(address) for address in addresses}
    own = {ipaddress.ip_address("127.0.0.1"), ipaddress.ip_address("::1")}
    known = {host.lower().rstrip(".") for host in hosts}
    return Names(
        hosts=frozenset({"localhost", *filter(_is_private_name, known)}),
        addresses=frozenset(own | {one for one in parsed if _is_private_address(one)}),
    )


def _is_private_name(host: str) -> bool:
    return any(host == domain or host.endswith(f".{domain}") for domain in DOMAINS)


def _is_private_address(address: IPAddress) -> bool:
    return any(address in network for network in NETWORKS)
