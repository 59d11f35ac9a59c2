"""Whole characters only."""

from __future__ import annotations

import pytest
from transformers import AutoTokenizer

from inference.local.detokenizer import Detokenizer
from tests.inference.local.real_tokenizers import tokenizer_folder


@pytest.mark.parametrize("name", ["qwen3", "deepseek"])
def test_the_text_comes_back_in_whole_characters(name: str) -> None:
    tokenizer = AutoTokenizer.from_pretrained(tokenizer_folder(name)).backend_tokenizer
    text = "你好，world！👩‍👩‍👧‍👦 かなカナ 𠮷野家 naïve\n\tdone"
    decoder = Detokenizer(tokenizer, [])
    pieces = [decoder.step(token) for token in tokenizer.encode(text).ids]
    assert "".join(pieces).endswith(text)
    assert not any("\ufffd" in piece for piece in pieces)
