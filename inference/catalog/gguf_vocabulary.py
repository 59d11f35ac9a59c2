"""The tokens of a GGUF file's vocabulary that stand for a whole string wherever it occurs."""

from __future__ import annotations

import mmap
from array import array
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from inference.catalog.gguf_format import MAGIC
from inference.catalog.gguf_reader import STRING, GgufReader

_TOKENS = "tokenizer.ggml.tokens"
_TYPES = "tokenizer.ggml.token_type"
_CONTROL_TYPES = frozenset({2, 3})
"""LLAMA_TOKEN_TYPE_UNKNOWN and _CONTROL of llama.h."""
_USER_DEFINED = 4


@dataclass(frozen=True, slots=True)
class AddedTokens:
    """In the order of the vocabulary. `control` mark turns or the text's ends; `user_defined` are
    found in any text, and may be marks of a template (`<think>`) or plain text (runs of newlines).
    """

    control: tuple[str, ...] = ()
    user_defined: tuple[str, ...] = ()


def added_tokens(path: Path) -> AddedTokens:
    """Blocking; of a file whose header was read before. Empty where it has no vocabulary.

    Raises `OSError`, and `ValueError` where the header is damaged.
    """
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        reader = GgufReader(data, len(MAGIC))
        at = _arrays(reader)
        if not {_TOKENS, _TYPES} <= at.keys():
            return AddedTokens()
        types = _types(data, at[_TYPES])
        wanted = [index for index, kind in enumerate(types) if kind == _USER_DEFINED]
        control = [index for index, kind in enumerate(types) if kind in _CONTROL_TYPES]
        texts = _texts(data, at[_TOKENS], sorted([*wanted, *control]))
        return AddedTokens(_named(texts, control), _named(texts, wanted))


def _arrays(reader: GgufReader) -> dict[str, int]:
    """Where the values of the vocabulary begin, by their keys."""
    found: dict[str, int] = {}
    _, values = reader.counts()
    for _ in range(values):
        key = reader.text()
        if key in {_TOKENS, _TYPES}:
            found[key] = reader.at
        reader.value()
    return found


def _types(data: mmap.mmap, at: int) -> array[int]:
    """The type of each token, 32 bits each in the file, in the order of its bytes."""
    reader = GgufReader(data, at)
    kind, length = reader.array()
    if kind not in {4, 5}:
        raise ValueError(f"token types of kind {kind}")
    return array("i", reader.unpack(f"<{length}i"))


def _texts(data: mmap.mmap, at: int, indexes: list[int]) -> dict[int, str]:
    """The strings at ascending `indexes`; all others are passed over."""
    reader = GgufReader(data, at)
    kind, length = reader.array()
    if kind != STRING or (indexes and indexes[-1] >= length):
        raise ValueError("a vocabulary without its strings")
    found: dict[int, str] = {}
    for before, index in pairwise([-1, *indexes]):
        reader.skip_texts(index - before - 1)
        found[index] = reader.text()
    return found


def _named(texts: dict[int, str], indexes: list[int]) -> tuple[str, ...]:
    return tuple(text for index in indexes if (text := texts[index]))
