"""Whole characters only."""

from __future__ import annotations

import pytest
from transformers import AutoTokenizer

from inference.local.detokenizer import Detokenizer
from tests.inference.local.made_tokenizers import sentencepiece_like
from tests.inference.local.real_tokenizers import tokenizer_folder


@pytest.mark.parametrize("name", ["qwen3", "deepseek"])
def test_the_text_comes_back_in_whole_characters(name: str) -> None:
    tokenizer = AutoTokenizer.from_pretrained(tokenizer_folder(name)).backend_tokenizer
    text = "你好，world！👩‍👩‍👧‍👦 かなカナ 𠮷野家 naïve\n\tdone"
    decoder = Detokenizer(tokenizer, [])
    pieces = [decoder.step(token) for token in tokenizer.encode(text).ids]
    assert "".join(pieces).endswith(text)
    assert not any("\ufffd" in piece for piece in pieces)


@pytest.mark.parametrize(
    ("tokens", "pieces"),
    [
        (("a", "<0x0A>", "<0xFF>", "<0xFF>", "b", "▁", "c"), ["a", "\n", "", "", "��b", " ", "c"]),
        (("<0x42>", "<0x80>", "<0x43>", "a"), ["B", "", "", "��a"]),
        (("<0x42>", "<0x80>", "▁", "a"), ["B", "", "� ", "a"]),
        (("<0x0A>", "<0xE4>", "<0xBD>", "<0xA0>", "a"), ["\n", "", "", "你", "a"]),
    ],
)
def test_bytes_that_make_no_character_end_no_run(
    tokens: tuple[str, ...], pieces: list[str]
) -> None:
    tokenizer = sentencepiece_like().backend_tokenizer
    decoder = Detokenizer(tokenizer, tokenizer.encode("hello", add_special_tokens=False).ids)
    assert [decoder.step(tokenizer.token_to_id(token)) for token in tokens] == pieces
