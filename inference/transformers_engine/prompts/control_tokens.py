"""Finds a tokenizer's control tokens, which no text of a person may produce."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from transformers import PreTrainedTokenizer

from inference.text.reasoning_tags import THINK, ReasoningTags

_CONTROL_FORM = re.compile(r"<\|.+>|<｜.+｜>|\[/?[a-z]?[A-Z_]+\]", re.DOTALL)
"""`<|im_end|>`, `<｜User｜>`, `[/INST]`, `[gMASK]`."""
_IN_BRACKETS = re.compile(r"<[^<>\s]+>|\[[^\[\]\s]+\]")


def control_tokens(tokenizer: Any, template: str, tags: ReasoningTags = THINK) -> dict[str, int]:
    """Every control token's text and number. `template` is the source of the chat template, `tags`
    are those of the model's family.

    An added token is a control token if it is flagged special, if it has the form `<|…|>`,
    `<｜…｜>` or `[WORD]`, if it marks reasoning, or if it is in brackets and the template's source
    contains it. Other added tokens are text: Gemma 3 has runs of newlines and HTML tags among them.

    Of strings that are no added tokens, those count that the tokenizer reads as one token and that
    are in brackets in the template's source or, for a tokenizer in Python, have one of these forms.
    """
    added = tokenizer.added_tokens_decoder
    found = {
        token.content: number
        for number, token in added.items()
        if token.content and (token.special or _is_control(token.content, template, tags))
    }
    texts = {token.content for token in added.values()}
    for text in {*_IN_BRACKETS.findall(template), *_names(tokenizer)} - texts:
        tokens = tokenizer.encode(text, add_special_tokens=False)
        if len(tokens) == 1:
            found[text] = tokens[0]
    return found


def _is_control(text: str, template: str, tags: ReasoningTags) -> bool:
    if text in tags.strings or _CONTROL_FORM.fullmatch(text):
        return True
    return bool(_IN_BRACKETS.fullmatch(text)) and text in template


def _names(tokenizer: Any) -> Iterator[str]:
    """Qwen's first tokenizer lists its control tokens neither as added nor in its vocabulary."""
    if not isinstance(tokenizer, PreTrainedTokenizer):
        return
    for number in range(len(tokenizer)):
        try:
            name = tokenizer.convert_ids_to_tokens(number)
        except Exception:  # noqa: BLE001, S112 - a folder's own code raises anything for a number that it does not use
            continue
        if isinstance(name, str) and _CONTROL_FORM.fullmatch(name):
            yield name
