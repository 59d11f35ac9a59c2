"""A folder's model marks the channel by its family's tags, and shows none of them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inference.events import TextDelta
from inference.text.text_so_far import TextSoFar
from inference.types import ChatMessage
from tests.inference.transformers_engine.reasoning_families import FAMILIES, family
from tests.inference.transformers_engine.reasoning_runs import (
    cut_into_tokens,
    encoded,
    generated,
    generation,
    prompt_of,
    received,
    template,
)

REASONING, ANSWER = "先想 the user\n", "你好 👩‍👧, the model"
TEXTS = st.text("ab 你👧\n<|[", min_size=1).filter(lambda text: not text.startswith("\n"))

SPECIAL = ("harmony", "gptoss", "mistral", "command", "seed", "special_think")
"""Families whose tags are special tokens."""

every_family = pytest.mark.parametrize("name", FAMILIES)
every_start = pytest.mark.parametrize("opened", [False, True])


@every_family
@every_start
@pytest.mark.parametrize("in_python", [False, True])
def test_reasoning_and_answer_are_emitted_without_their_tags(
    name: str, opened: bool, in_python: bool
) -> None:
    one = family(name, opened=opened)
    tokens = encoded(one, one.text(REASONING, ANSWER))
    found = generated(name, opened, tokens, in_python=in_python)
    assert found == {"reasoning": REASONING, "answer": ANSWER}
    assert prompt_of(name, opened).reasoning_opened is opened


@every_family
def test_an_answer_may_come_without_reasoning(name: str) -> None:
    one = family(name, opened=False)
    tokens = encoded(one, one.tags.answer + ANSWER)
    assert generated(name, False, tokens) == {"reasoning": "", "answer": ANSWER}


@every_family
@pytest.mark.parametrize("in_python", [False, True])
def test_other_special_tokens_stay_hidden(name: str, in_python: bool) -> None:
    one = family(name, opened=False)
    begun, rest = ANSWER[:3], ANSWER[3:]
    text = one.control + one.text(REASONING, begun + one.control + rest) + one.control
    found = generated(name, False, encoded(one, text), in_python=in_python)
    assert found == {"reasoning": REASONING, "answer": ANSWER}


@pytest.mark.parametrize("name", SPECIAL)
def test_special_tokens_of_tags_out_of_place_are_no_text(name: str) -> None:
    one = family(name, opened=False)
    stray = [number for tag in one.tags.strings if (number := one.special(tag)) is not None]
    if one.tags.between:  # the closing tag ends the answer too
        stray = [number for tag in ("<|start|>", "<|message|>") if (number := one.special(tag))]
    assert stray
    tokens = [*encoded(one, one.text(REASONING, "a")), *stray, *encoded(one, "b")]
    assert generated(name, False, tokens) == {"reasoning": REASONING, "answer": "ab"}


def test_a_message_for_a_tool_is_emitted_without_its_head() -> None:
    one = family("gptoss", opened=False)
    text = "<|channel|>commentary to=f <|constrain|>json<|message|>{}"
    assert generated("gptoss", False, encoded(one, text)) == {"reasoning": "", "answer": "{}"}


@every_family
def test_tags_that_a_person_writes_are_text(name: str) -> None:
    one = family(name, opened=False)
    added = one.tokenizer.added_tokens_decoder
    text = "(" + "".join(one.tags.strings) + ")"
    hostile, harmless = (
        template(name, False).encode([ChatMessage("user", asked)], enable_thinking=None).tokens
        for asked in (text, "harmless")
    )
    assert [n for n in hostile if n in added] == [n for n in harmless if n in added]
    assert text in one.tokenizer.decode(hostile)


@every_family
@every_start
@given(reasoning=TEXTS, answer=TEXTS, cuts=st.lists(st.integers(0, 200), max_size=8))
@settings(max_examples=25)
def test_however_the_text_is_cut_into_tokens(
    name: str, opened: bool, reasoning: str, answer: str, cuts: list[int]
) -> None:
    one = family(name, opened=opened)
    tokens = cut_into_tokens(one, one.text(reasoning, answer), cuts)
    assert generated(name, opened, tokens) == {"reasoning": reasoning, "answer": answer}


@every_family
def test_a_stop_string_is_found_in_the_text_and_not_in_a_tag(name: str) -> None:
    one = family(name, opened=False)
    tokens = encoded(one, one.text(REASONING, ANSWER))
    stop = ("model", "final", "assistant", "think", "THINK", "\n\n")
    run = generation(one, prompt_of(name, False), stop=stop)
    assert received(run, tokens) == {"reasoning": REASONING, "answer": ANSWER.removesuffix("model")}
    assert run.finished is not None
    assert run.finished.reason == "stop"


@every_family
@every_start
def test_an_answer_is_gone_on_with_in_the_tokens_that_were_generated(
    name: str, opened: bool
) -> None:
    one = family(name, opened=opened)
    prompt = prompt_of(name, opened)
    tokens = encoded(one, one.text(REASONING, ANSWER))
    run = generation(one, prompt)
    so_far = {"reasoning": "", "answer": ""}
    for at, token in enumerate(tokens, 1):
        for event in run.take(token):
            assert isinstance(event, TextDelta)
            so_far[event.channel] += event.text
            resumed = prompt_of(name, opened, TextSoFar(so_far["reasoning"], so_far["answer"]))
            assert resumed.tokens == [*prompt.tokens, *tokens[:at]]
            rest = received(generation(one, resumed), [*tokens[at:], one.end])
            whole = {channel: so_far[channel] + rest[channel] for channel in so_far}
            assert whole == {"reasoning": REASONING, "answer": ANSWER}
