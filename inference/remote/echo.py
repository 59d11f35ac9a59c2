"""A prefix that a provider repeats in front of what it goes on with."""

from __future__ import annotations

_SHORTEST = 16
"""A shorter text may well be said again by itself."""


class EchoFilter:
    """Takes `said` away from the beginning of a text that comes in pieces, once and as a whole."""

    def __init__(self, said: str) -> None:
        self._said = said if len(said) >= _SHORTEST else ""
        self._held = ""

    def push(self, piece: str) -> str:
        """What of the text is certainly new."""
        if not self._said:
            return piece
        text = self._held + piece
        if self._said.startswith(text) and text != self._said:
            self._held = text
            return ""
        new = text.removeprefix(self._said)
        self._held = self._said = ""
        return new

    def flush(self) -> str:
        """What was held back, at the end: no whole repetition."""
        held, self._held = self._held, ""
        return held
