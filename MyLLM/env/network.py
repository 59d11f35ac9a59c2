"""Hosts, origins and proxies. All raise `ImproperlyConfigured`."""

from __future__ import annotations

import unicodedata

from MyLLM.env.typed import Typed
from MyLLM.proxies import read_proxy
from MyLLM.sites import read_host, read_origins, read_public_url


def origin(typed: Typed) -> str:
    """A site such as `https://chat.example.com`, without a final slash, or ""."""
    value = unicodedata.normalize("NFKC", typed.word)
    return typed.parsed(read_public_url, value) if value else ""


def origins(typed: Typed) -> tuple[str, ...]:
    """Web origins as browsers send them."""
    return typed.each(read_origins)


def hosts(typed: Typed) -> tuple[str, ...]:
    """Names and addresses of hosts."""
    return typed.each(lambda value: (read_host(value),))


def proxies(typed: Typed) -> tuple[str, ...]:
    """Addresses and networks of proxies."""
    return typed.each(read_proxy)
