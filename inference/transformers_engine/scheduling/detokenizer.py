"""Tokens to text, whole characters only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from tokenizers import Tokenizer
from tokenizers.decoders import DecodeStream

from inference.whole_text import whole_text

_UNFINISHED = "\ufffd"
_CONTEXT = 8
"""Tokens before a text that decide whether some tokenizers write a word's first space."""


class TextDecoder(Protocol):
    """The decoding that the tokenizers of `tokenizers` and those in Python have in common."""

    def decode(self, ids: list[int], /, *, skip_special_tokens: bool) -> str: ...


class Stream(Protocol):
    """One run's decoder. A character of several tokens comes with the last of them."""

    def step(self, token: int) -> str:
        """The text that this token completes, maybe ""; a NUL becomes U+FFFD."""
        ...


def stream(
    tokenizer: TextDecoder, prompt: Sequence[int], hidden: frozenset[int] | None = None
) -> Stream:
    """The decoder of the text after a prompt. `hidden` are the tokens that give no text; without it
    all special ones.
    """
    if hidden is not None:
        shown = [token for token in prompt[-_CONTEXT:] if token not in hidden]
        return _Filtered(_stream(tokenizer, shown, skips_special=False), hidden)
    return _stream(tokenizer, prompt, skips_special=True)


def _stream(tokenizer: TextDecoder, prompt: Sequence[int], *, skips_special: bool) -> Stream:
    if isinstance(tokenizer, Tokenizer):
        return Detokenizer(tokenizer, prompt, skips_special=skips_special)
    return PythonDetokenizer(tokenizer, prompt, skips_special=skips_special)


class _Filtered:
    """Skips the hidden tokens."""

    def __init__(self, decoder: Stream, hidden: frozenset[int]) -> None:
        self._decoder = decoder
        self._hidden = hidden

    def step(self, token: int) -> str:
        return "" if token in self._hidden else self._decoder.step(token)


class Detokenizer:
    """Decodes by the stream of `tokenizers`."""

    def __init__(
        self, tokenizer: Tokenizer, prompt: Sequence[int], *, skips_special: bool = True
    ) -> None:
        self._tokenizer = tokenizer
        self._skips_special = skips_special
        # The end of the prompt decides whether some tokenizers write a word's first space.
        self._stream = self._decoding(prompt[-_CONTEXT:])
        self._waiting: list[int] = []

    def step(self, token: int) -> str:
        self._waiting.append(token)
        try:
            text = self._stream.step(self._tokenizer, token)
        except Exception:  # noqa: BLE001 - `tokenizers` has no class of its own for it
            text = self._decoded_alone()
        if text:
            self._waiting.clear()
        return whole_text(text or "")

    def _decoded_alone(self) -> str:
        """The text of the waiting tokens alone. Byte tokens that form no character can change the
        decoding of earlier tokens, whose text was already returned; the stream then raises.
        """
        self._stream = self._decoding(self._waiting)
        return self._tokenizer.decode(self._waiting, skip_special_tokens=self._skips_special)

    def _decoding(self, context: Sequence[int]) -> DecodeStream:
        return DecodeStream(ids=list(context), skip_special_tokens=self._skips_special)


class PythonDetokenizer:
    """Decodes the latest tokens with and without the new one, for tokenizers in Python."""

    def __init__(
        self, tokenizer: Any, prompt: Sequence[int], *, skips_special: bool = True
    ) -> None:
        self._tokenizer = tokenizer
        self._skips_special = skips_special
        self._decoded = list(prompt[-_CONTEXT:])
        self._waiting: list[int] = []

    def step(self, token: int) -> str:
        self._waiting.append(token)
        before = self._text(self._decoded)
        text = self._text([*self._decoded, *self._waiting])
        is_open = text.endswith(_UNFINISHED) and len(self._waiting) < _CONTEXT
        if is_open or len(text) <= len(before):
            return ""
        self._decoded, self._waiting = [*self._decoded, *self._waiting][-_CONTEXT:], []
        return whole_text(text[len(before) :])

    def _text(self, tokens: list[int]) -> str:
        return str(self._tokenizer.decode(tokens, skip_special_tokens=self._skips_special))
