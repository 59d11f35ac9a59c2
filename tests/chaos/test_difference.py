"""One character too many, too few or another one is told as what it is."""

from __future__ import annotations

import pytest

from tests.chaos.difference import Difference, difference, difference_in_growth

TEXT = "从前有一只狐狸，住在 the old forest by the sea."


@pytest.mark.parametrize("at", range(len(TEXT)))
def test_a_changed_character_is_told(at: int) -> None:
    changed = TEXT[:at] + "#" + TEXT[at + 1 :]
    assert difference(TEXT, changed) == Difference(changed=1)
    assert difference_in_growth(TEXT, f"{changed} More.") == Difference(changed=1)


@pytest.mark.parametrize("at", range(len(TEXT)))
def test_a_lost_character_is_told(at: int) -> None:
    assert difference(TEXT, TEXT[:at] + TEXT[at + 1 :]) == Difference(lost=1)


@pytest.mark.parametrize("at", range(len(TEXT)))
def test_a_doubled_character_is_told(at: int) -> None:
    doubled = TEXT[: at + 1] + TEXT[at:]
    assert difference(TEXT, doubled) == Difference(doubled=1)


def test_a_piece_that_came_twice_is_told_where_more_text_follows() -> None:
    assert difference_in_growth(TEXT, f"{TEXT[:20]}{TEXT[10:]} More.") == Difference(doubled=10)


def test_a_piece_that_is_missing_is_told_where_more_text_follows() -> None:
    assert difference_in_growth(TEXT, f"{TEXT[:10]}{TEXT[20:]} More.") == Difference(lost=10)


def test_a_text_that_was_cut_has_lost_its_end() -> None:
    assert difference_in_growth(TEXT, TEXT[:-7]) == Difference(lost=7)


def test_growth_is_no_difference() -> None:
    assert not difference_in_growth(TEXT, f"{TEXT} More.")
    assert not difference_in_growth("", TEXT)


def test_equal_texts_have_none() -> None:
    assert not difference(TEXT, TEXT)
