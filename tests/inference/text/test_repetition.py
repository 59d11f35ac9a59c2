"""Loops are stopped soon, and what was wanted is left alone, however the text is cut."""

from __future__ import annotations

import itertools
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inference.text.repetition import Repetition
from inference.text.thresholds import SHORTEST
from tests.inference.text.repeated import ASKED, LOOPS, WANTED, WITH_GAPS

EXACT = [name for name in LOOPS if name not in WITH_GAPS]


def _stop(pieces: Iterable[str], asked: str = "") -> int | None:
    """After how many characters the text is in a loop."""
    reader, read = Repetition(asked), 0
    for piece in pieces:
        if (at := reader.push(piece)) is not None:
            return read + at
        read += len(piece)
    return None


@pytest.mark.parametrize("name", EXACT)
def test_a_loop_is_stopped(name: str) -> None:
    stopped = _stop([LOOPS[name]])
    assert stopped is not None
    assert stopped >= SHORTEST


@pytest.mark.parametrize("name", [name for name in EXACT if "zh_" in name or "Chinese" in name])
def test_a_loop_in_chinese_is_stopped_within_a_page(name: str) -> None:
    assert (_stop([LOOPS[name]]) or 0) < 900


@pytest.mark.parametrize("name", WANTED)
def test_what_was_wanted_is_not_stopped(name: str) -> None:
    assert _stop([f"Here it is:\n\n{WANTED[name]}\nThat was all."]) is None


@pytest.mark.parametrize("name", ASKED)
def test_what_was_asked_for_by_its_words_may_be_repeated_more_often(name: str) -> None:
    question, text = ASKED[name]
    assert _stop([text], asked=question) is None
    assert _stop([text * 9], asked=question) is not None


def test_one_letter_of_the_question_is_no_request_for_it() -> None:
    assert _stop(["的" * 400], asked="你的名字是什么？") == _stop(["的" * 400])


def test_text_after_a_loop_that_was_left_is_no_loop() -> None:
    assert _stop(["I do. " * 20 + "But then he left, and nobody saw him again."]) is None


_UNITS = ["的", "哈哈", ". ", "\n", "0, ", "第{n}条：好。\n", "I do. ", "| a | 0 |\n", "```\n"]
_PARTS = st.tuples(st.sampled_from(_UNITS), st.integers(1, 300))


@st.composite
def _cut_texts(draw: st.DrawFn) -> tuple[str, list[str]]:
    """A text of repeated and other parts, and its pieces."""
    parts = draw(st.lists(st.one_of(_PARTS, st.tuples(st.text(max_size=20), st.just(1)))))
    text = "".join(unit.replace("{n}", str(n)) for unit, times in parts for n in range(times))
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=30)))
    ends = [0, *cuts, len(text)]
    return text, [text[begin:end] for begin, end in itertools.pairwise(ends)]


@given(_cut_texts())
def test_it_stops_at_the_same_character_however_the_text_is_cut(
    cut: tuple[str, list[str]],
) -> None:
    text, pieces = cut
    assert _stop(pieces) == _stop([text]) == _stop(text)


@given(st.text(alphabet="ab \n1的|", max_size=SHORTEST - 1))
def test_a_short_text_is_never_a_loop(text: str) -> None:
    assert _stop([text]) is None


@given(st.sampled_from("的.\n0|"), st.integers(1, SHORTEST - 1))
def test_nor_is_one_that_is_nothing_but_a_short_loop(unit: str, times: int) -> None:
    assert _stop([unit * times]) is None
