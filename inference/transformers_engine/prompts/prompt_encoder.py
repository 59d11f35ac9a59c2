"""Encodes the parts of a prompt: only the template's text gives control tokens."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol

from tokenizers import Tokenizer

from inference.text.control_strings import PromptPart
from inference.transformers_engine.prompts.renamed_tokens import RenamedTokens

_BEFORE = "\n"
"""Prefix of a text within a prompt: some tokenizers put a space before a first word."""


class PromptEncoder(Protocol):
    """Equal to the tokenizer's own encoding, without special tokens, where no part is plain."""

    def tokens(self, parts: Sequence[PromptPart]) -> list[int]:
        """The tokens of all parts as one text. No plain part gives a control token."""
        ...


def prompt_encoder(tokenizer: Any, controls: Mapping[str, int]) -> PromptEncoder:
    """The encoder for one of transformers' tokenizers; `controls` are its control tokens."""
    backend = getattr(tokenizer, "backend_tokenizer", None)
    if isinstance(backend, Tokenizer):
        return WholeEncoder(backend, controls)
    return PartsEncoder(tokenizer, controls)


def tokens_after(
    encoder: PromptEncoder, prompt: Sequence[PromptPart], rest: Sequence[PromptPart]
) -> list[int]:
    """The tokens of `rest` after the prompt, whose own tokens do not change."""
    before = encoder.tokens(prompt)
    whole = encoder.tokens([*prompt, *rest])
    if whole[: len(before)] == before:
        return whole[len(before) :]
    return encoder.tokens(rest)


class WholeEncoder:
    """Encodes all parts in one call, so that no part begins with a space of its own."""

    def __init__(self, tokenizer: Tokenizer, controls: Mapping[str, int]) -> None:
        self._renamed = RenamedTokens(tokenizer, controls)

    def tokens(self, parts: Sequence[PromptPart]) -> list[int]:
        texts: list[str] = []
        plain: list[range] = []
        length = 0
        for part in parts:
            text = part.text if part.is_plain else self._renamed.in_text(part.text)
            if part.is_plain:
                plain.append(range(length, length + len(text)))
            texts.append(text)
            length += len(text)
        return self._renamed.encode("".join(texts), plain)


class PartsEncoder:
    """For tokenizers written in Python, which offer only the encoding of a text."""

    def __init__(self, tokenizer: Any, controls: Mapping[str, int]) -> None:
        self._tokenizer = tokenizer
        self._controls = frozenset(controls.values())

    def tokens(self, parts: Sequence[PromptPart]) -> list[int]:
        found: list[int] = []
        for at, part in enumerate(parts):
            tokens = self._continued(part.text) if at else self._encode(part.text)
            found += self._spelled(part.text) if part.is_plain else tokens
        return found

    def _encode(self, text: str) -> list[int]:
        return list(self._tokenizer.encode(text, add_special_tokens=False))

    def _continued(self, text: str) -> list[int]:
        before = self._encode(_BEFORE)
        whole = self._encode(_BEFORE + text)
        follows = bool(before) and whole[: len(before)] == before
        return whole[len(before) :] if follows else self._encode(text)

    def _spelled(self, text: str) -> Iterator[int]:
        """The text in parts, so that it is no control token as a whole."""
        tokens = self._continued(text)
        if len(text) < 2 or self._controls.isdisjoint(tokens):
            yield from tokens
            return
        yield from self._spelled(text[:1])
        yield from self._spelled(text[1:])
