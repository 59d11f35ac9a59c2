"""Any text becomes one that every database can store, and JSON one that msgspec reads."""

from __future__ import annotations

import json

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chat.text.storable import storable, whole_json

any_text = st.text(st.characters() | st.characters(categories=["Cs"]) | st.just("\\"))


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("half \ud83d end", "half \ufffd end"),
        ("\ude00 end", "\ufffd end"),
        ("\ud83d\ude00", "😀"),
        ("\ud83d\ud83d\ude00", "\ufffd😀"),
        ("a\x00b", "a\ufffdb"),
        ("你好 😀 \u200d", "你好 😀 \u200d"),
    ],
    ids=ascii,
)
def test_characters_that_no_database_stores_are_replaced(text: str, stored: str) -> None:
    assert storable(text) == stored


@given(any_text)
def test_any_text_can_be_encoded_and_changes_no_more(text: str) -> None:
    stored = storable(text)
    assert "\x00" not in stored
    assert stored.encode().decode() == storable(stored) == stored


@given(any_text, st.booleans())
def test_json_of_any_text_is_read_as_its_storable_text(text: str, ascii_only: bool) -> None:
    text_json = json.dumps({text: [text]}, ensure_ascii=ascii_only)
    read = msgspec.json.decode(whole_json(text_json))
    (name,) = read
    assert storable(name) == storable(text)
    assert read == {name: [name]}


def test_a_backslash_before_an_escape_is_a_backslash() -> None:
    assert whole_json(r'"\\ud83d"') == r'"\\ud83d"'
    assert whole_json(r'"\\\ud83d"') == r'"\\\ufffd"'
