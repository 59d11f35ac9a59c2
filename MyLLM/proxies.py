"""Proxies as people type them into settings, in the form that uvicorn compares."""

from __future__ import annotations

import ipaddress

from chat.conf.wrong_value import WrongValueError
from MyLLM.sites import taken_apart

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


def read_proxy(typed: str) -> tuple[str, ...]:
    """A proxy's address or network, also as an IPv6 socket shows it. Raises `WrongValueError`."""
    if typed.lower() == "localhost":
        return (*read_proxy("127.0.0.1"), "::1")
    network = _network(typed)
    if network is None:
        raise WrongValueError(
            "请写代理的 IP 地址或网段，如 192.168.1.5 或 172.16.0.0/12",
            "write the proxy's IP address or network, such as 192.168.1.5 or 172.16.0.0/12",
        )
    if network.prefixlen == 0:
        raise WrongValueError(
            "不能相信所有地址，否则谁都可以假冒别的地址；请写代理的 IP 地址，如 192.168.1.5",
            "everybody could pose as any address; write the proxy's IP address, such as "
            "192.168.1.5",
        )
    return tuple(_shown(one) for one in (network, *_mapped(network)))


def _network(typed: str) -> Network | None:
    if typed == "*":
        return ipaddress.ip_network("0.0.0.0/0")
    try:
        return ipaddress.ip_network(typed, strict=False)
    except ValueError:
        pass
    try:
        site = taken_apart(typed)
    except WrongValueError:
        return None
    is_address = site.host.address is not None and not site.rest
    return ipaddress.ip_network(site.host.name) if is_address else None


def _mapped(network: Network) -> tuple[Network, ...]:
    if network.version == 6:
        return ()
    return (ipaddress.ip_network(f"::ffff:{network.network_address}/{96 + network.prefixlen}"),)


def _shown(network: Network) -> str:
    is_one = network.prefixlen == network.max_prefixlen
    return str(network.network_address if is_one else network)
