"""A web origin: scheme, host and port, in the form browsers send it (RFC 6454, 6.2)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from chat.network.host import Host, parse_host

DEFAULT_PORTS = {"http": 80, "https": 443}
_ORIGIN = re.compile(r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*)://(?P<host>[^/?#]+)")


@dataclass(frozen=True, slots=True)
class Origin:
    """`host` has no port if it is the scheme's default."""

    scheme: str
    host: Host

    def __str__(self) -> str:
        return f"{self.scheme}://{self.host}"

    @property
    def is_web(self) -> bool:
        """Whether the scheme is http or https."""
        return self.scheme in DEFAULT_PORTS

    def is_of(self, host: Host) -> bool:
        """Whether a page of this origin was loaded from a server with this `Host` header."""
        return self.is_web and self.host == without_default_port(host, self.scheme)


def parse_origin(text: str) -> Origin | None:
    """None if it is not an origin: `null`, a path after the host, a host without a scheme."""
    found = _ORIGIN.fullmatch(text)
    host = parse_host(found["host"]) if found else None
    if found is None or host is None:
        return None
    scheme = found["scheme"].lower()
    return Origin(scheme, without_default_port(host, scheme))


def without_default_port(host: Host, scheme: str) -> Host:
    """The host as browsers write it in URLs of the scheme."""
    if host.port is None or host.port != DEFAULT_PORTS.get(scheme):
        return host
    return Host(host.name, None, host.address)
