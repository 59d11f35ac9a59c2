"""How many tokens a text takes at most, about: Ollama counts none before it answers.

An estimate that is too low would let Ollama silently drop the oldest messages. Digits are a token
each with many models, characters beyond ASCII with nearly all, emoji two; of ASCII text, program
code has the shortest tokens.
"""

from __future__ import annotations

from collections.abc import Sequence

_LETTERS_PER_TOKEN = 3
_MARKS = 8
"""Tokens that templates put around a message."""
_DIGITS = "0123456789"


def count(texts: Sequence[str]) -> list[int]:
    """Tokens of each text as a message."""
    return [_tokens(text) + _MARKS for text in texts]


def _tokens(text: str) -> int:
    ascii_only = len(text.encode("ascii", "ignore"))
    digits = sum(map(text.count, _DIGITS))
    units = len(text.encode("utf-16-le", "surrogatepass")) // 2
    return units - ascii_only + digits + -(-(ascii_only - digits) // _LETTERS_PER_TOKEN)
