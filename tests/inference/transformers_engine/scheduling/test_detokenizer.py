"""Whole characters only."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from transformers import AutoTokenizer

from inference.transformers_engine.scheduling.detokenizer import Detokenizer, stream
from tests.inference.transformers_engine.made_tokenizers import MADE, sentencepiece_like
from tests.inference.transformers_engine.real_tokenizers import tokenizer_folder
from tests.inference.transformers_engine.several_tokenizers import tokenizer_of


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


@pytest.mark.parametrize("kind", sorted(MADE))
@given(data=st.data())
def test_hiding_the_special_tokens_is_skipping_them(kind: str, data: st.DataObject) -> None:
    tokenizer = tokenizer_of(kind)
    added = tokenizer.added_tokens_decoder.items()
    special = frozenset(number for number, one in added if one.special)
    token = st.one_of(st.integers(0, len(tokenizer) - 1), st.sampled_from(sorted(special)))
    prompt, generated = (data.draw(st.lists(token, max_size=12)) for _ in range(2))
    skipping = stream(tokenizer.backend_tokenizer, prompt)
    hiding = stream(tokenizer.backend_tokenizer, prompt, special)
    assert [hiding.step(one) for one in generated] == [skipping.step(one) for one in generated]
