"""Authentication of calls to a provider."""

from __future__ import annotations

from collections.abc import Callable

from inference.remote.preset import ProviderPreset

AuthHeaders = Callable[[], dict[str, str]]
"""Returns the key; called for every request."""


def is_sendable(key: str) -> bool:
    """Whether a header can hold the key."""
    return key.isascii() and key.isprintable() and " " not in key


def auth_headers(preset: ProviderPreset, key: str) -> dict[str, str]:
    """None without a key."""
    if not key:
        return {}
    return {preset.key_header: f"Bearer {key}" if preset.key_header == "Authorization" else key}
