"""The address of a server, as an owner writes it."""

from __future__ import annotations

import ipaddress
from urllib.parse import SplitResult, urlsplit, urlunsplit

_PASTED_ENDS = ("/chat/completions", "/completions", "/models")
"""Paths that documentation appends to the base URL."""


class BadAddressError(ValueError):
    """The address cannot be used; the text names the reason for the owner."""


def base_address(text: str) -> str:
    """The base URL meant, without a slash at its end. Raises `BadAddressError`."""
    parts = _split(text.strip())
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise BadAddressError("an address begins with http:// or https:// and a host")
    refuse_credentials(parts)
    path = parts.path.rstrip("/")
    for end in _PASTED_ENDS:
        path = path.removesuffix(end)
    return urlunsplit((parts.scheme, parts.netloc, path.rstrip("/"), parts.query, ""))


def refuse_credentials(parts: SplitResult) -> None:
    """Raises `BadAddressError` for an address that holds a name or a password."""
    if parts.username is not None or parts.password is not None:
        raise BadAddressError(
            "an address may not contain user:password@, addresses are shown and logged: "
            "enter the key as a key"
        )


def host_of(address: str) -> str:
    """`host:port`, or the host alone on the scheme's own port; for people."""
    return urlsplit(address).netloc.rpartition("@")[2]


def is_loopback(address: str) -> bool:
    """Whether what is sent there stays on this computer."""
    host = (urlsplit(address).hostname or "").rstrip(".")
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def check_addresses(written: str) -> None:
    """Raises `BadAddressError` if any of the addresses, separated by `|`, cannot be used."""
    for one in written.split("|"):
        base_address(one)


def is_within(addresses: str, home: str) -> bool:
    """Whether all `addresses`, with `|` between them, are of servers that `home` names: the same
    scheme, host and port.
    """
    try:
        return _origins(addresses) <= _origins(home)
    except BadAddressError:
        return False


def _origins(addresses: str) -> set[tuple[str, str, int | None]]:
    parts = [_split(one.strip()) for one in addresses.split("|")]
    return {(one.scheme, (one.hostname or "").rstrip("."), _port(one)) for one in parts}


def _port(parts: SplitResult) -> int | None:
    return parts.port or {"http": 80, "https": 443}.get(parts.scheme)


def _split(text: str) -> SplitResult:
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError as error:
        raise BadAddressError(f"not an address: {error}") from None
    return parts
