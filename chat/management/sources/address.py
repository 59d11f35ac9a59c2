"""Addresses of package sources as they may be shown: never with a password."""

from __future__ import annotations

import urllib.request
from urllib.parse import urlsplit


def is_url(text: str) -> bool:
    """Whether pip or npm can be given it as a source."""
    try:
        parts = urlsplit(text)
        return parts.scheme in ("http", "https", "file") and bool(parts.netloc or parts.path)
    except ValueError:
        return False


def shown(url: str) -> str:
    """The host, with its port where there is one, which is what people know a source by; the
    text after a password where it has no host.
    """
    try:
        parts = urlsplit(url if "//" in url else f"//{url}")
    except ValueError:
        return url.rpartition("@")[2]
    return parts.netloc.rpartition("@")[2] or parts.path


def proxy_for(url: str) -> str:
    """The proxy that this computer's environment or its system names for the URL, else ""."""
    parts = urlsplit(url)
    proxies = urllib.request.getproxies()
    proxy = proxies.get(parts.scheme) or proxies.get("all", "")
    if not proxy or not parts.hostname or urllib.request.proxy_bypass(parts.hostname):
        return ""
    return proxy
