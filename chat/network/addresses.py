"""The addresses under which other devices reach this computer. Nothing is sent to find them."""

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
"""Where NetworkManager and Windows put the devices that join this computer's own hotspot."""
VIRTUAL_NETWORKS = ("192.168.56.0/24", "172.16.0.0/12")
"""VirtualBox, and Docker, WSL and Hyper-V: a guess, used where adapters have no names."""


class Kind(IntEnum):
    """How likely a phone is on this network, best first."""

    HOTSPOT = 0
    WIFI = 1
    WIRED = 2
    VIRTUAL = 3


@dataclass(frozen=True)
class Candidate:
    """One address of this computer; `interface` is empty where the system does not tell."""

    address: IPAddress
    interface: str = ""


def reachable(host: str) -> tuple[str, ...]:
    """The addresses at which a server that listens on `host` is reached, the likeliest first.

    Loopback is never among them, so for a server of this computer alone there are none.
    """
    if host not in WILDCARDS:
        return tuple(str(found) for found in _resolve(host) if _is_reachable(found))
    versions = range(4, WILDCARDS[host] + 1)
    candidates = [found for found in _candidates() if found.address.version in versions]
    return tuple(str(found.address) for found in ranked(candidates, _default_route()))


def of_this_computer() -> frozenset[IPAddress]:
    """Every address of an interface, also those that are offered to nobody. May block."""
    return frozenset(found.address for found in _candidates())


def url(address: str, port: int, scheme: str = "http") -> str:
    """Where a browser finds the page of a server there."""
    host = f"[{address}]" if ":" in address else address
    return f"{scheme}://{host}:{port}/"


def pairing_url(address: str, port: int, code: str) -> str:
    """The same, with a code in the fragment, which browsers keep to themselves."""
    return with_code(url(address, port), code)


def with_code(page: str, code: str) -> str:
    """A page's address that pairs whoever opens it."""
    return f"{page}#pair={code}"


def ranked(candidates: Iterable[Candidate], default: IPAddress | None) -> list[Candidate]:
    """Reachable candidates without repetition: IPv4 first, then by kind, then the default
    route's."""
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
    """Elsewhere than on Windows the host name is not asked: macOS may take 5 s to answer."""
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
        return  # only Linux has it; elsewhere the host name's addresses must do
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
    """The source address towards the world. Connecting a UDP socket sends nothing."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        try:
            asking.connect((DOCUMENTATION_ADDRESS, 9))
        except OSError:
            return None
        return ipaddress.ip_address(asking.getsockname()[0])
