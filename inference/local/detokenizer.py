"""Tokens to text, whole characters only."""

from __future__ import annotations

from collections.abc import Sequence

from tokenizers import Tokenizer
from tokenizers.decoders import DecodeStream

from inference.whole_text import whole_text


class Detokenizer:
    """One run's decoder. A character of several tokens comes with the last of them."""

    def __init__(self, tokenizer: Tokenizer, prompt: Sequence[int]) -> None:
        self._tokenizer = tokenizer
        # The prompt's end is the context: some tokenizers write a word's first space by it.
        self._stream = DecodeStream(ids=list(prompt[-8:]), skip_special_tokens=True)

    def step(self, token: int) -> str:
        """The text that this token completes, perhaps none; a NUL is U+FFFD."""
        return whole_text(self._stream.step(self._tokenizer, token) or "")
