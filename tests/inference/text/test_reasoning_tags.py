"""A model's reasoning tags are known from its template, or its vocabulary."""

from __future__ import annotations

import pytest

from inference.text.reasoning_tags import (
    COMMAND,
    HARMONY,
    MISTRAL,
    SEED,
    THINK,
    ReasoningTags,
    reasoning_tags,
)


@pytest.mark.parametrize(
    ("template", "tokens", "tags"),
    [
        ("{{ messages }}", (), THINK),
        ("{{ '<think>' }}", ("[THINK]",), THINK),
        ("{{ messages }}", ("[INST]", "[THINK]"), MISTRAL),
        ("<|start|>{{ '<|channel|>final<|message|>' }}", (), HARMONY),
        ("{{ '<seed:think>' }} <think>", (), SEED),
        ("<|START_RESPONSE|><|START_THINKING|>", (), COMMAND),
    ],
)
def test_the_template_counts_before_the_vocabulary(
    template: str, tokens: tuple[str, ...], tags: ReasoningTags
) -> None:
    assert reasoning_tags(template, tokens) is tags


def test_an_answer_tag_stands_also_where_there_was_no_reasoning() -> None:
    assert "<|channel|>final<|message|>" in HARMONY.first
    assert THINK.next == {}
