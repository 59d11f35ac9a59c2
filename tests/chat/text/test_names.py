"""Names are shown to other members, so they have no invisible characters."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from chat.errors import ChatError, ErrorCode
from chat.text.names import LONGEST, clean, on_one_line


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("小明的手机", "小明的手机"),
        ("  my\tphone\n", "my phone"),
        ("a\x1b[31mred", "a[31mred"),
        ("evil\u202etxt.exe", "eviltxt.exe"),
        ("in\u2066side\u2069", "inside"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("👨\u200d👩\u200d👧", "👨\u200d👩\u200d👧"),
        ("x" * 200, "x" * LONGEST),
        ("line\u2028break", "line break"),
        ("\ud800half", "half"),
        ("replaced\ufffd", "replaced"),
    ],
    ids=ascii,
)
def test_a_name_is_one_line_of_what_is_seen(given_name: str, kept: str) -> None:
    assert clean(given_name) == kept


@pytest.mark.parametrize(
    "name", ["", " ", "\u202e", "\x00\x07", "\ufffd", "\u200d", "\u200b\u2060"], ids=ascii
)
def test_a_name_with_nothing_to_see_is_refused(name: str) -> None:
    with pytest.raises(ChatError) as raised:
        clean(name)
    assert raised.value.code is ErrorCode.BAD_FIELD


@given(st.text(min_size=1))
@example("a\n\x1b\nb")
def test_whatever_is_kept_can_be_shown_and_is_not_cleaned_twice(name: str) -> None:
    try:
        kept = clean(name)
    except ChatError:
        return
    unseen = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
    assert not [one for one in kept if one != "\u200d" and unicodedata.category(one) in unseen]
    assert clean(kept) == kept


@pytest.mark.parametrize(
    ("given_text", "kept"),
    [
        ("两行\n标题", "两行 标题"),
        ("a\x1b[31mred\x9b", "a[31mred"),
        ("evil\u202etxt.exe", "eviltxt.exe"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("x" * 200, "x" * 200),
        ("\x00", ""),
    ],
    ids=ascii,
)
def test_a_text_on_one_line_gives_no_orders(given_text: str, kept: str) -> None:
    assert on_one_line(given_text) == kept


def test_a_name_is_not_cut_inside_a_character() -> None:
    assert clean("x" * (LONGEST - 1) + "👍🏽") == "x" * (LONGEST - 1)
