"""Which models write titles."""

from __future__ import annotations

from dataclasses import replace

import pytest

from chat.text.titles import TitleMode
from chat.titling.ability import speaks_language_of, writes_titles
from inference import ModelCard
from inference.catalog import builtin

CARD = ModelCard("m", "M", "llama_cpp", 4, size=491_400_064)


@pytest.mark.parametrize(
    ("card", "mode", "writes"),
    [
        (CARD, "local", True),
        (CARD, "off", False),
        (replace(CARD, size=None), "local", True),
        (replace(CARD, size=builtin.QWEN.size), "local", True),
        (replace(CARD, size=builtin.SMOLLM2.size), "all", False),
        (replace(CARD, is_base=True), "local", False),
        (replace(CARD, local=False, size=None), "local", False),
        (replace(CARD, local=False, size=None), "all", True),
        (replace(CARD, local=False, size=None), "off", False),
        (replace(CARD, backend="scripted"), "all", False),
    ],
)
def test_local_models_that_can_write_titles_do(
    card: ModelCard, mode: TitleMode, *, writes: bool
) -> None:
    assert writes_titles(card, mode) is writes


def test_a_model_of_english_alone_names_no_chinese_question() -> None:
    english = replace(CARD, languages=("en",))
    assert speaks_language_of(english, "Where to go?")
    assert not speaks_language_of(english, "去哪里？")
    assert speaks_language_of(CARD, "去哪里？")
