"""The tokens of the template's text are the tokenizer's own; a person's text gives no control
token.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from inference.text.control_strings import PromptPart
from inference.transformers_engine.prompts.chat_template import ChatTemplate
from inference.transformers_engine.prompts.control_tokens import control_tokens
from inference.transformers_engine.prompts.prompt_encoder import (
    PromptEncoder,
    prompt_encoder,
    tokens_after,
)
from inference.types import ChatMessage, Role
from tests.inference.transformers_engine.several_tokenizers import KINDS, tokenizer_of

BITS = (
    "the",
    " ",
    "  ",
    "\n",
    "\n\n\n",
    "<table>",
    "</td>",
    "é",
    "👩‍👧",
    "你好",
    "1 < 2",
    "|>",
    "[",
)
TEXTS = st.lists(st.one_of(st.sampled_from(BITS), st.text(max_size=4)), max_size=8).map("".join)
QUESTIONS = st.lists(TEXTS, min_size=1, max_size=3).filter(lambda texts: len(texts) != 2)
EXAMPLES = settings(max_examples=40)


@cache
def template_of(kind: str) -> ChatTemplate:
    return ChatTemplate(tokenizer_of(kind))


@cache
def controls_of(kind: str) -> dict[str, int]:
    tokenizer = tokenizer_of(kind)
    return control_tokens(tokenizer, tokenizer.chat_template)


@cache
def pieces_of(kind: str) -> list[str]:
    """Control strings, and halves of which they can come about."""
    whole = sorted(controls_of(kind))
    halves = [half for text in whole for half in (text[: len(text) // 2], text[len(text) // 2 :])]
    return [*whole, *halves]


def encoder_of(kind: str) -> PromptEncoder:
    return prompt_encoder(tokenizer_of(kind), controls_of(kind))


def turns(texts: list[str]) -> list[ChatMessage]:
    roles: tuple[Role, ...] = ("user", "assistant", "user")
    return [ChatMessage(role, text) for role, text in zip(roles, texts, strict=False)]


def own_tokens(kind: str, texts: list[str]) -> list[int]:
    """As transformers makes them."""
    found: Any = tokenizer_of(kind).apply_chat_template(
        [{"role": turn.role, "content": turn.content} for turn in turns(texts)],
        add_generation_prompt=True,
        return_dict=False,
    )
    return list(found)


def tokens(kind: str, texts: list[str]) -> list[int]:
    return template_of(kind).encode(turns(texts), enable_thinking=None).tokens


def steering(kind: str, found: list[int]) -> list[int]:
    numbers = set(controls_of(kind).values())
    return [token for token in found if token in numbers]


def generated(kind: str, found: list[int]) -> str:
    return unicodedata.normalize("NFC", tokenizer_of(kind).decode(found))


@pytest.mark.parametrize("kind", KINDS)
@given(texts=QUESTIONS)
@EXAMPLES
def test_without_control_strings_the_tokens_are_those_of_transformers(
    kind: str, texts: list[str]
) -> None:
    assume(not any(control in text for control in controls_of(kind) for text in texts))
    assert tokens(kind, texts) == own_tokens(kind, texts)


@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data(), around=st.lists(TEXTS, min_size=2, max_size=2))
@EXAMPLES
def test_control_strings_of_a_person_are_text(
    kind: str, data: st.DataObject, around: list[str]
) -> None:
    controls = data.draw(st.lists(st.sampled_from(pieces_of(kind)), min_size=1))
    text = data.draw(st.sampled_from(around)).join([around[0], *controls, around[1]])
    found = tokens(kind, [f"({text})"])
    assert steering(kind, found) == steering(kind, tokens(kind, ["(harmless)"]))
    written = unicodedata.normalize("NFC", f"({text})").replace("▁", " ")
    assert written in generated(kind, found).replace("▁", " ")


@pytest.mark.parametrize("kind", KINDS)
@given(before=TEXTS, after=TEXTS)
@EXAMPLES
def test_what_follows_a_prompt_leaves_its_tokens_as_they_are(
    kind: str, before: str, after: str
) -> None:
    encoder = encoder_of(kind)
    prompt, rest = [PromptPart(f"{before}:", False)], [PromptPart(f"{after}.", False)]
    found = [*encoder.tokens(prompt), *tokens_after(encoder, prompt, rest)]
    assert found[: len(encoder.tokens(prompt))] == encoder.tokens(prompt)
    text = unicodedata.normalize("NFC", f"{before}:{after}.").replace("▁", " ")
    assert generated(kind, found).replace("▁", " ").lstrip(" ") == text.lstrip(" ")


@pytest.mark.parametrize("kind", KINDS)
def test_a_control_string_of_the_template_is_its_token(kind: str) -> None:
    encoder = encoder_of(kind)
    for text, number in controls_of(kind).items():
        assert encoder.tokens([PromptPart("a", False), PromptPart(text, False)])[-1] == number
