"""Which hosts of requests mean this server, so that no other site can pose as it (DNS rebinding).

Names are good where they are listed or announced, and never by being resolved: whoever owns a
name may let it lead here. An address literal cannot be rebound. The browser looked no name up,
and the page that calls was itself loaded from this address and port, so it is of whoever answers
there. In private networks any literal is taken, since a container or a forwarded port knows
nothing of the address that was typed; an address of the internet only while it is this computer's
own, since a page of another computer may have been loaded from it otherwise.

Refused are the ways to write loopback to which browsers add no `Sec-Fetch-Site`, by which pages
of other sites are known: `0.0.0.0`, `::` and `::ffff:127.0.0.1`
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
    """The names that settings list; what is no host is left out."""
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
