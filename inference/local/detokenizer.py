"""Tokens to text, whole characters only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from tokenizers import Tokenizer
from tokenizers.decoders import DecodeStream

from inference.whole_text import whole_text

_UNFINISHED = "\ufffd"
_CONTEXT = 8
"""Tokens before a text by whose end some tokenizers write a word's first space."""


class TextDecoder(Protocol):
    """What both kinds of tokenizer can do: `tokenizers`' own, and transformers' in Python."""

    def decode(self, ids: list[int], /, *, skip_special_tokens: bool) -> str: ...


class Stream(Protocol):
    """One run's decoder. A character of several tokens comes with the last of them."""

    def step(self, token: int) -> str:
        """The text that this token completes, perhaps none; a NUL is U+FFFD."""
        ...


def stream(tokenizer: TextDecoder, prompt: Sequence[int]) -> Stream:
    """The decoder of what follows the prompt."""
    if isinstance(tokenizer, Tokenizer):
        return Detokenizer(tokenizer, prompt)
    return PythonDetokenizer(tokenizer, prompt)


class Detokenizer:
    """By `tokenizers`' own stream."""

    def __init__(self, tokenizer: Tokenizer, prompt: Sequence[int]) -> None:
        self._tokenizer = tokenizer
        # The prompt's end is the context: some tokenizers write a word's first space by it.
        self._stream = DecodeStream(ids=list(prompt[-_CONTEXT:]), skip_special_tokens=True)

    def step(self, token: int) -> str:
        return whole_text(self._stream.step(self._tokenizer, token) or "")


class PythonDetokenizer:
    """By decoding the latest tokens with and without the new one, for tokenizers in Python."""

    def __init__(self, tokenizer: Any, prompt: Sequence[int]) -> None:
        self._tokenizer = tokenizer
        self._told = list(prompt[-_CONTEXT:])
        self._waiting: list[int] = []

    def step(self, token: int) -> str:
        self._waiting.append(token)
        before = self._text(self._told)
        text = self._text([*self._told, *self._waiting])
        is_open = text.endswith(_UNFINISHED) and len(self._waiting) < _CONTEXT
        if is_open or len(text) <= len(before):
            return ""
        self._told, self._waiting = [*self._told, *self._waiting][-_CONTEXT:], []
        return whole_text(text[len(before) :])

    def _text(self, tokens: list[int]) -> str:
        return str(self._tokenizer.decode(tokens, skip_special_tokens=True))
