"""Control strings of a person's text come out as plain parts, everything else unchanged."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inference.errors import InferenceError, InferenceErrorCode
from inference.text.control_strings import ControlStrings, PromptPart

STRINGS = ("<|im_start|>", "<|im_end|>", "<|im", "</s>", "[INST]")
WRITTEN = st.lists(
    st.one_of(st.sampled_from(STRINGS), st.text(), st.text("<|im_endst>/s[\U000f0000\U000f00010"))
).map("".join)


def parts(*texts: str) -> list[PromptPart]:
    marked = ControlStrings(STRINGS).marked(texts)
    return list(marked.pieces("".join(f"<|im_start|>{text}</s>" for text in marked.texts)))


@given(st.lists(WRITTEN))
def test_the_parts_are_the_prompt_that_the_texts_make(texts: list[str]) -> None:
    whole = "".join(f"<|im_start|>{text}</s>" for text in texts)
    assert "".join(part.text for part in parts(*texts)) == whole


@given(st.lists(WRITTEN))
def test_a_marked_text_contains_no_control_string(texts: list[str]) -> None:
    for text in ControlStrings(STRINGS).marked(texts).texts:
        assert not any(control in text for control in STRINGS)


@given(st.lists(WRITTEN, min_size=1))
def test_only_control_strings_are_plain_parts(texts: list[str]) -> None:
    assert {part.text for part in parts(*texts) if part.is_plain} <= set(STRINGS)


@given(st.lists(st.text("abc \n\U000f0000\U000f0001")))
def test_texts_without_control_strings_stay_as_they_are(texts: list[str]) -> None:
    marked = ControlStrings(STRINGS).marked(texts)
    assert marked.texts == tuple(texts)


def test_of_two_that_begin_at_one_place_the_longer_counts() -> None:
    assert [part.text for part in parts("<|im_end|>") if part.is_plain] == ["<|im_end|>"]


def test_the_mark_is_no_character_of_the_template() -> None:
    template = "\U000f0000{{ text }}\U000f0000"
    marked = ControlStrings(STRINGS, template=template).marked(["</s>"])
    prompt = template.replace("{{ text }}", marked.texts[0])
    assert [part.text for part in marked.pieces(prompt)] == ["\U000f0000", "</s>", "\U000f0000"]


def test_without_control_strings_a_prompt_is_one_part() -> None:
    marked = ControlStrings(["", ""]).marked(["</s>"])
    assert list(marked.pieces("a</s>")) == [PromptPart("a</s>", is_plain=False)]


def test_a_text_of_all_private_use_characters_is_refused() -> None:
    with pytest.raises(InferenceError) as raised:
        ControlStrings(STRINGS).marked(["".join(map(chr, range(0xF0000, 0x10FFFE)))])
    assert raised.value.code is InferenceErrorCode.INVALID_REQUEST
