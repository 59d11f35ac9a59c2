"""What a call is authenticated by."""

from __future__ import annotations

from collections.abc import Callable

from inference.remote.preset import ProviderPreset

AuthHeaders = Callable[[], dict[str, str]]
"""Asked at every call."""


def auth_headers(preset: ProviderPreset, key: str) -> dict[str, str]:
    """None without a key."""
    if not key:
        return {}
    return {preset.key_header: f"Bearer {key}" if preset.key_header == "Authorization" else key}
