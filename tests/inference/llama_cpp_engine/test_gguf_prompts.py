"""GGUF files with and without a chat template."""

from __future__ import annotations

from dataclasses import replace

import pytest

from inference.catalog.gguf import GgufHeader
from inference.llama_cpp_engine.gguf_prompts import GgufPrompts
from inference.request.option_rules import LLAMA_CPP, NO_SWITCH
from inference.text.prompt_style import CONTINUED, OWN, PLAIN
from inference.types import Ability, ModelCard, ModelNote
from tests.inference.backends.contract import request

CARD = ModelCard("m", "M", "llama_cpp", 2, option_rules=LLAMA_CPP)
SWITCH = "{% if enable_thinking %}<think>{% endif %}"


def header(template: str = "", name: str | None = None) -> GgufHeader:
    return GgufHeader("llama", name, 2048, values={"tokenizer.chat_template": template})


@pytest.mark.parametrize(
    ("template", "name", "file", "style"),
    [
        ("{{ messages }}", "GPT-2", "gpt2", OWN),
        ("", "GPT-2", "gpt2-f16", CONTINUED),
        ("", "Smollm2 135M Mix1", "SmolLM2-135M-Instruct.Q4_1", PLAIN),
        ("", None, "gpt2.Q4_K_M", CONTINUED),
        ("", None, "Baichuan-7B-Chat", PLAIN),
    ],
)
def test_a_template_in_the_file_comes_first_and_then_the_name(
    template: str, name: str | None, file: str, style: object
) -> None:
    assert GgufPrompts.of(header(template, name), file).style is style


def test_what_stands_in_for_a_template_is_noted_once_however_often_it_loads() -> None:
    prompts = GgufPrompts.of(header(), "Baichuan-7B-Chat")
    card = prompts.noted(prompts.noted(CARD))
    assert card.notes == (ModelNote.PLAIN_TEMPLATE,)
    assert not card.is_base
    base = GgufPrompts.of(header(), "gpt2").noted(replace(CARD, notes=(ModelNote.LITTLE_MEMORY,)))
    assert base.notes == (ModelNote.LITTLE_MEMORY, ModelNote.BASE_MODEL)
    assert base.is_base


def test_an_answer_ends_before_the_next_question_would_begin() -> None:
    asked = request("x", stop=("END",))
    stopped = GgufPrompts.of(header(), "Baichuan-7B-Chat").stopped(asked)
    assert stopped.options.stop == ("END", *PLAIN.stop)
    assert GgufPrompts.of(header("{{ messages }}"), "x").stopped(asked) == asked


@pytest.mark.parametrize(
    ("template", "abilities", "has_rule"),
    [
        (SWITCH, (Ability.REASONING,), False),
        ("{{ messages }}<think>\n", (Ability.REASONING,), True),
        ("{{ messages }}", (), True),
    ],
)
def test_what_the_template_knows_of_reasoning_is_reported(
    template: str, abilities: tuple[Ability, ...], has_rule: bool
) -> None:
    card = GgufPrompts.of(header(template), "x").noted(CARD)
    assert card.abilities == abilities
    assert (NO_SWITCH in card.option_rules) is has_rule
