"""Which `Host` headers name this server, as a defence against DNS rebinding.

Names are accepted if they are listed or announced. They are never resolved, as the owner of a name
can point it to this computer. An address literal cannot be rebound: the browser resolved no name,
and loaded the calling page from the same address and port. In private networks every literal is
accepted, as a server in a container or behind a forwarded port does not know the address that was
typed. A public address is accepted only while it is this computer's own, as the page may have been
loaded from another computer otherwise.

Refused are the spellings of loopback for which browsers send no `Sec-Fetch-Site`, the header that
identifies pages of other sites: `0.0.0.0`, `::` and `::ffff:127.0.0.1`
(https://www.w3.org/TR/secure-contexts/#is-origin-trustworthy).
"""

from __future__ import annotations

import ipaddress
from collections.abc import Collection, Iterator
from functools import lru_cache

from chat.network.host import IPAddress, parse_address, parse_host, unmapped
from chat.network.origin import parse_origin

_SHARED = ipaddress.ip_network("100.64.0.0/10")
"""Addresses behind a provider's or an overlay network's NAT (RFC 6598), such as Tailscale's."""


def is_known_host(text: str | None, names: Collection[str], own: Collection[IPAddress]) -> bool:
    """Whether a `Host` header names this server: by `localhost` or one of the `names`, in the form
    of `chat.network.host`, or by an address, of which `own` are this computer's.
    """
    host = parse_host(text)
    if host is None:
        return False
    if host.name == "localhost" or host.name in names:
        return True
    return host.address is not None and _is_known_address(host.address, own)


@lru_cache(maxsize=8)
def names_of(hosts: tuple[str, ...], public_url: str) -> frozenset[str]:
    """The names in the settings; invalid hosts are left out."""
    return frozenset(_names(hosts, public_url))


def _is_known_address(address: IPAddress, own: Collection[IPAddress]) -> bool:
    meant = unmapped(address)
    if meant.is_unspecified or (meant.is_loopback and meant != address):
        return False
    return meant in own or _is_private(meant)


def _is_private(address: IPAddress) -> bool:
    if address.version == 4 and address in _SHARED:
        return True
    return address.is_private or address.is_loopback or address.is_link_local


def _names(hosts: tuple[str, ...], public_url: str) -> Iterator[str]:
    for typed in hosts:
        if address := parse_address(typed):
            yield str(address)
        elif found := parse_host(typed):
            yield found.name
    if public := parse_origin(public_url):
        yield public.host.name
