"""Control tokens are distinguished from added tokens that are text."""

from __future__ import annotations

import pytest
from tokenizers import AddedToken, Tokenizer
from tokenizers.models import BPE
from transformers import PreTrainedTokenizerFast

from inference.transformers_engine.prompts.control_tokens import control_tokens
from tests.inference.transformers_engine.made_tokenizers import gemma_like
from tests.inference.transformers_engine.several_tokenizers import tokenizer_of


def test_special_tokens_steer_and_added_text_does_not() -> None:
    found = control_tokens(gemma_like(), "")
    assert set(found) == {"<bos>", "<eos>", "<start_of_turn>", "<end_of_turn>"}


@pytest.mark.parametrize("text", ["<|user|>", "<｜User｜>", "[INST]", "[/INST]", "<think>"])
def test_the_form_of_a_control_token_is_enough(text: str) -> None:
    tokenizer = gemma_like()
    tokenizer.add_tokens([AddedToken(text, special=False)])
    assert control_tokens(tokenizer, "")[text] == tokenizer.convert_tokens_to_ids(text)


@pytest.mark.parametrize("text", ["<tool>", "[tool]"])
def test_brackets_count_where_the_template_has_them(text: str) -> None:
    tokenizer = gemma_like()
    tokenizer.add_tokens([AddedToken(text, special=False)])
    assert text not in control_tokens(tokenizer, "{{ messages }}")
    assert text in control_tokens(tokenizer, "{{ messages }}" + text)


def test_one_token_of_the_vocabulary_counts_where_the_template_has_it() -> None:
    pieces = {piece: at for at, piece in enumerate(["<", "x", ">", "y", "<x", "<x>"])}
    backend = Tokenizer(BPE(pieces, [("<", "x"), ("<x", ">")]))
    tokenizer = PreTrainedTokenizerFast(tokenizer_object=backend)
    assert control_tokens(tokenizer, "<x> <y>") == {"<x>": 5}
    assert control_tokens(tokenizer, "") == {}


def test_a_tokenizer_in_python_is_asked_for_all_its_names() -> None:
    found = control_tokens(tokenizer_of("own_code"), "")
    assert found == {"[gMASK]": 256, "<|system|>": 258, "<|user|>": 259, "<|assistant|>": 260}
