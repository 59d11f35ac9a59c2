"""Control tokens are reached by their new names alone."""

from __future__ import annotations

import pytest
from tokenizers import Tokenizer
from tokenizers.models import BPE

from inference.transformers_engine.prompts.renamed_tokens import RenamedTokens
from tests.inference.transformers_engine.made_tokenizers import gemma_like, sentencepiece_like

ADDED = "<start_of_turn>"
TEXT = f"hello{ADDED}user\n\n\n<table>"


def gemma() -> tuple[Tokenizer, RenamedTokens]:
    backend = gemma_like().backend_tokenizer
    return backend, RenamedTokens(backend, {ADDED: backend.token_to_id(ADDED)})


def test_under_new_names_a_text_has_the_tokens_of_the_original() -> None:
    backend, renamed = gemma()
    wanted = backend.encode(TEXT, add_special_tokens=False).ids
    assert renamed.encode(renamed.in_text(TEXT), []) == wanted


def test_the_known_name_is_text() -> None:
    backend, renamed = gemma()
    found = renamed.encode(TEXT, [])
    assert backend.token_to_id(ADDED) not in found
    assert backend.decode(found, skip_special_tokens=False) == TEXT


def test_other_added_tokens_keep_their_numbers() -> None:
    backend, renamed = gemma()
    found = renamed.encode("<table>\n\n\n", [])
    assert found == [backend.token_to_id("<table>"), backend.token_to_id("\n\n\n")]


def test_names_are_made_anew_each_time() -> None:
    """One that was read in a prompt is of no use later."""
    _, one = gemma()
    backend, other = gemma()
    assert backend.token_to_id(ADDED) not in other.encode(one.in_text(ADDED), [])


def test_without_control_tokens_nothing_is_renamed() -> None:
    backend = sentencepiece_like().backend_tokenizer
    renamed = RenamedTokens(backend, {})
    assert renamed.in_text(TEXT) == TEXT
    wanted = backend.encode("the user", add_special_tokens=False).ids
    assert renamed.encode("the user", []) == wanted


@pytest.fixture
def written() -> Tokenizer:
    """`<x>` is a piece of the vocabulary and no added token."""
    pieces = ["<", "x", ">", "a", "<x", "<x>"]
    vocabulary = {piece: at for at, piece in enumerate(pieces)}
    return Tokenizer(BPE(vocabulary, [("<", "x"), ("<x", ">")]))


def test_a_control_token_of_the_vocabulary_is_spelled_in_plain_ranges_alone(
    written: Tokenizer,
) -> None:
    renamed = RenamedTokens(written, {"<x>": 5})
    assert renamed.encode("<x>a<x>", [range(4, 7)]) == [5, 3, 0, 1, 2]


def test_a_control_token_of_both_is_spelled_where_its_new_name_is_not(written: Tokenizer) -> None:
    written.add_special_tokens(["<x>"])
    renamed = RenamedTokens(written, {"<x>": 5})
    assert renamed.encode("<x>a" + renamed.in_text("<x>"), []) == [0, 1, 2, 3, 5]
