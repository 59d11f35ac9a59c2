"""The addresses at which other devices reach this computer, found without sending anything."""

from __future__ import annotations

import ipaddress
import socket
import struct
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path

if sys.platform != "win32":
    import fcntl

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address

WILDCARDS = {"0.0.0.0": 4, "::": 6}  # noqa: S104 - compared with, not listened on
READ_ADDRESS = 0xC0206921 if sys.platform == "darwin" else 0x8915
"""The number of the SIOCGIFADDR call."""
DOCUMENTATION_ADDRESS = "192.0.2.1"
WIFI_NAMES = ("wl", "ath", "wifi")
HOTSPOT_NAMES = ("ap", "bridge1")
VIRTUAL_NAMES = (
    *("docker", "br-", "veth", "virbr", "vmnet", "vboxnet", "lxc", "cni", "flannel", "cali"),
    *("tun", "tap", "utun", "wg", "zt", "tailscale", "awdl", "llw", "bridge", "ipsec", "ppp"),
)
HOTSPOT_NETWORKS = ("10.42.0.0/16", "192.168.137.0/24")
"""The networks of a hotspot opened by NetworkManager or Windows."""
VIRTUAL_NETWORKS = ("192.168.56.0/24", "172.16.0.0/12")
"""VirtualBox, and Docker, WSL and Hyper-V: used where adapters have no names."""


class Kind(IntEnum):
    """The kind of a network, the likeliest one for a phone first."""

    HOTSPOT = 0
    WIFI = 1
    WIRED = 2
    VIRTUAL = 3


@dataclass(frozen=True)
class Candidate:
    """One address of this computer; `interface` is empty if it is not known."""

    address: IPAddress
    interface: str = ""


def reachable(host: str) -> tuple[str, ...]:
    """The addresses of a server that listens on `host`, the likeliest for a phone first.

    Without loopback addresses, so empty for a server that listens on loopback only.
    """
    if host not in WILDCARDS:
        return tuple(str(found) for found in _resolve(host) if _is_reachable(found))
    versions = range(4, WILDCARDS[host] + 1)
    candidates = [found for found in _candidates() if found.address.version in versions]
    return tuple(str(found.address) for found in ranked(candidates, _default_route()))


def of_this_computer() -> frozenset[IPAddress]:
    """The addresses of all interfaces, also those that `reachable` leaves out. May block."""
    return frozenset(found.address for found in _candidates())


def url(address: str, port: int, scheme: str = "http") -> str:
    """The URL of the page of a server at this address."""
    host = f"[{address}]" if ":" in address else address
    return f"{scheme}://{host}:{port}/"


def pairing_url(address: str, port: int, code: str) -> str:
    """The URL with a pairing code in the fragment, which browsers do not send."""
    return with_code(url(address, port), code)


def with_code(page: str, code: str) -> str:
    """The URL of a page with a pairing code."""
    return f"{page}#pair={code}"


def ranked(candidates: Iterable[Candidate], default: IPAddress | None) -> list[Candidate]:
    """Distinct reachable candidates: IPv4 first, then by kind, then that of the default route."""
    unique = {found.address: found for found in candidates if _is_reachable(found.address)}
    return sorted(
        unique.values(),
        key=lambda found: (found.address.version, kind_of(found), found.address != default),
    )


def kind_of(candidate: Candidate) -> Kind:
    name = candidate.interface
    if name.startswith(HOTSPOT_NAMES) or _within(candidate.address, HOTSPOT_NETWORKS):
        return Kind.HOTSPOT
    if name.startswith(WIFI_NAMES):
        return Kind.WIFI
    if name:
        return Kind.VIRTUAL if _is_virtual(name) else Kind.WIRED
    return Kind.VIRTUAL if _within(candidate.address, VIRTUAL_NETWORKS) else Kind.WIRED


def _is_virtual(name: str) -> bool:
    return name.startswith(VIRTUAL_NAMES) or Path("/sys/devices/virtual/net", name).is_dir()


def _within(address: IPAddress, networks: Iterable[str]) -> bool:
    return any(address in ipaddress.ip_network(network) for network in networks)


def _is_reachable(address: IPAddress) -> bool:
    return not (address.is_loopback or address.is_link_local or address.is_unspecified)


def _candidates() -> list[Candidate]:
    """All addresses. The host name is only resolved on Windows, as macOS may take 5 s for it."""
    if sys.platform == "win32":
        return [Candidate(address) for address in _resolve(socket.gethostname())]
    return [*_ipv4_by_interface(), *_ipv6_by_interface()]


def _ipv4_by_interface() -> Iterable[Candidate]:
    if sys.platform == "win32":
        return
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        for _, name in socket.if_nameindex():
            request = struct.pack("256s", name.encode()[:15])
            try:
                answer = fcntl.ioctl(asking, READ_ADDRESS, request)
            except OSError:
                continue  # this interface has no IPv4 address
            yield Candidate(ipaddress.IPv4Address(answer[20:24]), name)


def _ipv6_by_interface() -> Iterable[Candidate]:
    try:
        table = Path("/proc/net/if_inet6").read_text(encoding="ascii")
    except OSError:
        return  # only Linux has it; elsewhere the addresses of the host name are used
    for line in table.splitlines():
        digits, *_, name = line.split()
        yield Candidate(ipaddress.IPv6Address(int(digits, 16)), name)


def _resolve(host: str) -> list[IPAddress]:
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except OSError:
        return []
    return [ipaddress.ip_address(str(entry[4][0]).partition("%")[0]) for entry in found]


def _default_route() -> IPAddress | None:
    """The source address of the default route. Connecting a UDP socket sends nothing."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        try:
            asking.connect((DOCUMENTATION_ADDRESS, 9))
        except OSError:
            return None
        return ipaddress.ip_address(asking.getsockname()[0])
