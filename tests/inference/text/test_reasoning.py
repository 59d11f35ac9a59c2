"""Reasoning and answer are told apart from the first token, however the text is cut."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inference.text.reasoning import ReasoningSplitter

SAID = [
    ("<think>\nabc</think>\n\nyes", False, "abc", "yes"),
    ("abc\n</think>\nyes", True, "abc\n", "yes"),
    ("hello <think>no</think>", False, "", "hello <think>no</think>"),
    ("<think>a</think>quotes <think> and </think>", False, "a", "quotes <think> and </think>"),
    ("<thi", False, "", "<thi"),
    ("only a thought", True, "only a thought", ""),
    ("plain", False, "", "plain"),
]


def _split(pieces: list[str], *, opened: bool) -> tuple[str, str]:
    splitter = ReasoningSplitter(opened=opened)
    said = {"reasoning": "", "answer": ""}
    deltas = [delta for piece in pieces for delta in splitter.push(piece)]
    for delta in [*deltas, *splitter.flush()]:
        assert delta.text
        said[delta.channel] += delta.text
    return said["reasoning"], said["answer"]


@pytest.mark.parametrize(("text", "opened", "reasoning", "answer"), SAID)
def test_in_one_piece(text: str, opened: bool, reasoning: str, answer: str) -> None:
    assert _split([text], opened=opened) == (reasoning, answer)


@given(st.sampled_from(SAID), st.lists(st.integers(0, 50), max_size=8))
def test_however_it_is_cut(case: tuple[str, bool, str, str], cuts: list[int]) -> None:
    text, opened, *wanted = case
    ends = [0, *sorted(cuts), len(text)]
    pieces = [text[begin:end] for begin, end in pairwise(ends)]
    whole = "".join(pieces)
    assert _split([*pieces, text[len(whole) :]], opened=opened) == tuple(wanted)
