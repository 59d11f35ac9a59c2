"""A stop string counts in the text of each channel, and nowhere else."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inference.events import TextDelta
from inference.text.stopped_deltas import StoppedDeltas
from inference.types import Channel

letters = st.text("ab", min_size=1, max_size=6)
Said = tuple[str, str, bool]


def _through(stops: list[str], pieces: Iterator[tuple[Channel, str]]) -> Said:
    held = StoppedDeltas(stops)
    shown = {"reasoning": "", "answer": ""}
    deltas = [one for piece in pieces for one in held.push(TextDelta(*piece))]
    for delta in [*deltas, *held.flush()]:
        shown[delta.channel] += delta.text
    return shown["reasoning"], shown["answer"], held.stopped


@pytest.mark.parametrize(
    ("reasoning", "answer", "wanted"),
    [
        ("xSTOPy", "yes", ("x", "", True)),
        ("hm", "xSTOPy", ("hm", "x", True)),
        ("hmST", "OPx", ("hmST", "OPx", False)),
    ],
)
def test_a_stop_string_ends_what_it_stands_in(reasoning: str, answer: str, wanted: Said) -> None:
    pieces: list[tuple[Channel, str]] = [("reasoning", reasoning), ("answer", answer)]
    assert _through(["STOP"], iter(pieces)) == wanted


@given(letters, letters, st.text("ab", max_size=3))
def test_it_does_not_matter_in_which_pieces_the_text_comes(
    reasoning: str, answer: str, stop: str
) -> None:
    whole: list[tuple[Channel, str]] = [("reasoning", reasoning), ("answer", answer)]
    letter_by_letter = ((channel, letter) for channel, text in whole for letter in text)
    assert _through([stop], letter_by_letter) == _through([stop], iter(whole))
