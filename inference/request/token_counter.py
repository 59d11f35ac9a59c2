"""Token counts of messages, cached between the turns of a conversation."""

from __future__ import annotations

from collections.abc import Callable, Sequence

_MARKS = 8
"""Tokens that templates put around a message; the known ones need 2 to 8."""
_MOST_KEPT = 1 << 16

Tokenize = Callable[[list[str]], list[int]]
"""How many tokens each text has. Slow: a long conversation has a million characters."""


class TokenCounter:
    """Caches counts, not texts. Blocking; may be called from several threads at once."""

    def __init__(self, tokenize: Tokenize) -> None:
        self._tokenize = tokenize
        self._counts: dict[tuple[int, int], int] = {}

    def __call__(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text as a message."""
        unknown = [text for text in texts if _key(text) not in self._counts]
        fresh = dict(zip(unknown, self._tokenize(unknown), strict=True)) if unknown else {}
        known = self._counts
        counts = [fresh[t] if t in fresh else known[_key(t)] for t in texts]
        if len(known) > _MOST_KEPT:
            known = self._counts = {}
        known.update((_key(text), count) for text, count in fresh.items())
        return [count + _MARKS for count in counts]


def _key(text: str) -> tuple[int, int]:
    return hash(text), len(text)
