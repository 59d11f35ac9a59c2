"""The special tokens of which reasoning tags consist, and the other special tokens."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from inference.text.reasoning_tags import ReasoningTags


@dataclass(frozen=True, slots=True)
class TagTokens:
    """`shown` are the texts of those that tags consist of, by number; `hidden` are all other
    special tokens, None where `shown` is empty: each decoder skips them itself then.
    """

    shown: Mapping[int, str] = field(default_factory=dict)
    hidden: frozenset[int] | None = None


NO_TAG_TOKENS = TagTokens()


def tag_tokens(tokenizer: Any, tags: ReasoningTags) -> TagTokens:
    """The tag tokens of one of transformers' tokenizers. Tags of ordinary tokens are text without
    being shown.
    """
    added = tokenizer.added_tokens_decoder
    special = {number: token.content for number, token in added.items() if token.special}
    shown = {
        number: text
        for number, text in special.items()
        if text and any(text in tag for tag in tags.strings)
    }
    if not shown:
        return NO_TAG_TOKENS
    left_out = special.keys() | set(tokenizer.all_special_ids)
    return TagTokens(shown, frozenset(left_out - shown.keys()))
