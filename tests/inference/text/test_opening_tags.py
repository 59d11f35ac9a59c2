"""What a text begins with decides, as soon as it can, which channel it is of."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inference.text.opening_tags import OpeningTags
from inference.text.reasoning_tags import HARMONY, THINK

TAGS = OpeningTags(HARMONY.first, HARMONY.head_end)
PIECES = ("<|channel|>", "final", "analysis", " to=f", "<|message|>", "<|", "\n", "a")


@pytest.mark.parametrize(
    ("text", "is_cut", "opened"),
    [
        ("", True, None),
        ("<|channel|>fin", True, None),
        ("<|channel|>final json", True, None),
        ("<|channel|>final json<|mess", True, None),
        ("<|channel|>final json<|message|>{", False, ("answer", "{")),
        ("<|channel|>analysis<|message|>", False, ("reasoning", "")),
        ("<|channel|>final <b>", False, None),
        ("<|channel|>final" + "a" * 201, False, None),
        ("hello", False, None),
    ],
)
def test_a_tag_may_hold_more_words(text: str, is_cut: bool, opened: tuple[str, str] | None) -> None:
    assert (TAGS.may_be_cut(text), TAGS.opened(text)) == (is_cut, opened)


def test_a_tag_without_an_end_of_its_own_holds_none() -> None:
    tags = OpeningTags(THINK.first, THINK.head_end)
    assert not tags.may_be_cut("<think> more")
    assert tags.opened("<think> more") == ("reasoning", " more")


@given(pieces=st.lists(st.sampled_from(PIECES)), more=st.lists(st.sampled_from(PIECES)))
def test_what_is_decided_stays_so(pieces: list[str], more: list[str]) -> None:
    text, longer = "".join(pieces), "".join([*pieces, *more])
    if not TAGS.may_be_cut(text):
        first, later = TAGS.opened(text), TAGS.opened(longer)
        assert (first and first[0]) == (later and later[0])
        assert not TAGS.may_be_cut(longer)
