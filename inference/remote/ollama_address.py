"""The address of an Ollama server, parsed as Ollama does.

The rules: ollama's `envconfig/config.go`, functions `Host` and `ConnectableHost`.
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from urllib.parse import urlsplit

from inference.remote.address import host_of, is_loopback

_PORT = 11434
_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class OllamaAddress:
    """`url` has a scheme, a host, a port, and perhaps a path."""

    url: str

    @property
    def host(self) -> str:
        """For people: host and port."""
        return host_of(self.url)

    @property
    def is_local(self) -> bool:
        """Whether it is this computer, by its loopback address."""
        return is_loopback(self.url)


def parsed(typed: str) -> OllamaAddress:
    """Of an address as in `OLLAMA_HOST`: any part may be missing. An address to listen on (0.0.0.0)
    is reached by loopback. Raises `ValueError`.
    """
    scheme, mark, rest = typed.strip().rstrip("/").partition("://")
    if not mark:
        scheme, rest = "http", scheme
    if scheme not in _PORTS:
        raise ValueError(f"{typed!r} is no address of an Ollama server")
    parts = urlsplit(f"{scheme}://{_bracketed(rest)}")
    port = parts.port or (_PORTS[scheme] if mark else _PORT)
    host = _reachable(parts.hostname or "127.0.0.1")
    user = parts.netloc.rpartition("@")[0]
    netloc = f"{user}@{host}:{port}" if user else f"{host}:{port}"
    return OllamaAddress(f"{scheme}://{netloc}{parts.path}")


def _bracketed(rest: str) -> str:
    """A bare IPv6 address gets its brackets."""
    try:
        return f"[{ipaddress.IPv6Address(rest)}]"
    except ValueError:
        return rest


def _reachable(host: str) -> str:
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host
    if address.is_unspecified:
        return "127.0.0.1" if address.version == 4 else "[::1]"
    return host if address.version == 4 else f"[{host}]"
