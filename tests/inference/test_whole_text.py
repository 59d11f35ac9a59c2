"""Pieces of any text, however cut, become the same whole characters."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inference.types import ModelCard
from inference.whole_text import WholeText, whole_text

halves = st.text(st.sampled_from("a\ud83d\ude00\x00好"))


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("\ud83d", "\ufffd"),
        ("\ud83d\ude00", "😀"),
        ("\ude00\ud83d", "\ufffd\ufffd"),
        ("\0", "\ufffd"),
    ],
    ids=ascii,
)
def test_halves_that_form_a_pair_become_its_character(text: str, whole: str) -> None:
    assert whole_text(text) == whole


@given(halves, st.lists(st.integers(min_value=0, max_value=12)))
def test_a_text_in_pieces_is_the_whole_text(text: str, cuts: list[int]) -> None:
    places = [0, *sorted(cuts), len(text)]
    pieces = [text[begin:end] for begin, end in itertools.pairwise(places)]
    joined = WholeText()
    received = [joined.push(piece) for piece in pieces]
    assert "".join([*received, joined.flush()]) == whole_text("".join(pieces))
    assert all(piece == whole_text(piece) for piece in received)


def test_a_file_name_that_is_no_utf_8_names_a_model_all_the_same() -> None:
    name = b"\xc4\xa3.gguf".decode(errors="surrogateescape")
    card = ModelCard(name, name, "llama_cpp", slots=1)
    card.id.encode()
    card.name.encode()
