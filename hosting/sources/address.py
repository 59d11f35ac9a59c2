"""Addresses of package sources as they may be shown: never with a password."""

from __future__ import annotations

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
