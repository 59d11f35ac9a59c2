"""The proxy through which a provider is reached, from the environment or the system's settings."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from importlib.util import find_spec
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from inference.remote.address import host_of, is_loopback


@dataclass(frozen=True, slots=True)
class Proxy:
    """`url` may hold its password; `host` is for people. One that needs a package which is not
    installed is not `usable`.
    """

    url: str
    host: str
    usable: bool = True


def proxy_for(address: str) -> Proxy | None:
    """None for a direct connection, which one to this computer always is. Blocking: Windows may
    look up names.
    """
    parts = urlsplit(address)
    host = parts.hostname or ""
    proxies = getproxies()
    if is_loopback(address) or proxy_bypass(host) or _is_in_networks(host, proxies.get("no", "")):
        return None
    written = [proxies[name] for name in (parts.scheme, "all") if proxies.get(name)]
    found = [_proxy(one if "://" in one else f"http://{one}") for one in written]
    return next((proxy for proxy in found if proxy.usable), found[0] if found else None)


def _proxy(url: str) -> Proxy:
    scheme = urlsplit(url).scheme
    if scheme in ("socks", "socks5", "socks5h"):
        url = url.replace("socks://", "socks5://", 1)
        return Proxy(url, f"{scheme}://{host_of(url)}", usable=find_spec("socksio") is not None)
    return Proxy(url, host_of(url), usable=scheme in ("http", "https"))


def _is_in_networks(host: str, excepted: str) -> bool:
    """`NO_PROXY` may name networks, which the standard library takes for names of hosts."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    return any(address in network for network in map(_network, excepted.split(",")) if network)


def _network(text: str) -> ipaddress.IPv4Network | ipaddress.IPv6Network | None:
    try:
        return ipaddress.ip_network(text.strip(), strict=False)
    except ValueError:
        return None
