"""Estimates the tokens of a model whose tokenizer is not available."""

from __future__ import annotations

from collections.abc import Sequence

_ASCII_PER_TOKEN = 3
_MARKS = 8


def message_tokens(texts: Sequence[str]) -> list[int]:
    """The tokens of each text as a message, rather too many: a token for three ASCII characters,
    and one for every other character, as the older tokenizers need for Chinese.
    """
    return [_tokens(text) + _MARKS for text in texts]


def _tokens(text: str) -> int:
    if text.isascii():
        return -(-len(text) // _ASCII_PER_TOKEN)
    others = len(text) - len(text.encode("ascii", "ignore"))
    return others + -(-(len(text) - others) // _ASCII_PER_TOKEN)
