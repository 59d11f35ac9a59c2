"""Removes a prefix that a provider repeats before its continuation."""

from __future__ import annotations

_SHORTEST = 16
"""A shorter text may be repeated by chance."""


class EchoFilter:
    """Removes `prefix` from the beginning of a text in pieces, once and only completely."""

    def __init__(self, prefix: str) -> None:
        self._prefix = prefix if len(prefix) >= _SHORTEST else ""
        self._held = ""

    def push(self, piece: str) -> str:
        """The text that is certainly new."""
        if not self._prefix:
            return piece
        text = self._held + piece
        if self._prefix.startswith(text) and text != self._prefix:
            self._held = text
            return ""
        new = text.removeprefix(self._prefix)
        self._held = self._prefix = ""
        return new

    def flush(self) -> str:
        """The rest, at the end: it is no complete repetition."""
        held, self._held = self._held, ""
        return held
