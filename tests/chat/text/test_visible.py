"""Invisible characters are not visible."""

from __future__ import annotations

import pytest

from chat.text.visible import has_visible


@pytest.mark.parametrize(
    "text",
    [
        *["", " \n\t", "\u3000\x00\x1b", "\u200b", "\ufeff", "\u2060\u200d", "\ufe0f"],
        *["\u202e\u2066", "\u3164", "\u2800", "\xad", "\u034f", "\u115f", "\U000e0067\U000e007f"],
    ],
)
def test_invisible_characters_alone_show_nothing(text: str) -> None:
    assert not has_visible(text)


@pytest.mark.parametrize("text", ["\u200ba", "👨‍👩‍👧", "\u0301", "\u0600", ".", "\ue000"])
def test_one_that_is_drawn_shows_something(text: str) -> None:
    assert has_visible(text)
