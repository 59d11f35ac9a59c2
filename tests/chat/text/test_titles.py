"""Titles are one line of whole grapheme clusters, or empty."""

from __future__ import annotations

import pytest

from chat.text.titles import as_title, of_question

FAMILY = "👨‍👩‍👧‍👦"


def test_a_question_becomes_a_title_of_forty_characters() -> None:
    assert of_question("  第一\n个 问题 " + "长" * 100) == "第一 个 问题 " + "长" * 32


@pytest.mark.parametrize("last", [FAMILY, "🇨🇳", "👍🏽", "e\u0301", "각", "क्षि"])
def test_a_title_is_not_cut_inside_a_character(last: str) -> None:
    assert of_question("x" * 39 + last + "y") == "x" * 39 + last


def test_characters_of_many_code_points_still_fit_the_column() -> None:
    assert as_title(FAMILY * 100) == FAMILY * (200 // len(FAMILY))


@pytest.mark.parametrize("text", ["\u200b", "\ufeff\u2060", "\ufe0f", "\u202e", "\u3164 \u115f"])
def test_invisible_characters_alone_are_no_title(text: str) -> None:
    assert of_question(text) == as_title(text) == ""


def test_white_space_before_a_question_does_not_shorten_its_title() -> None:
    assert of_question("\n" * 5000 + "问") == "问"
