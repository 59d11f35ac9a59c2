"""Addresses of package sources in a form that can be displayed: without passwords."""

from __future__ import annotations

from urllib.parse import urlsplit


def is_url(text: str) -> bool:
    """Whether pip or npm accept it as a source."""
    try:
        parts = urlsplit(text)
        return parts.scheme in ("http", "https", "file") and bool(parts.netloc or parts.path)
    except ValueError:
        return False


def shown(url: str) -> str:
    """The host and port, as people know a source; without a host, the text after a password."""
    try:
        parts = urlsplit(url if "//" in url else f"//{url}")
    except ValueError:
        return url.rpartition("@")[2]
    return parts.netloc.rpartition("@")[2] or parts.path
