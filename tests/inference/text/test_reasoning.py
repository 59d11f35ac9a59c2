"""Reasoning and answer are separated from the first token, however the text is cut."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inference.text.reasoning import ReasoningSplitter
from inference.text.reasoning_tags import (
    COMMAND,
    HARMONY,
    KIMI,
    MISTRAL,
    SEED,
    THINK,
    ReasoningTags,
)

SAID = [
    ("<think>\nabc</think>\n\nyes", False, "abc", "yes"),
    ("abc\n</think>\nyes", True, "abc\n", "yes"),
    ("hello <think>no</think>", False, "", "hello <think>no</think>"),
    ("<think>a</think>quotes <think> and </think>", False, "a", "quotes <think> and </think>"),
    ("<thi", False, "", "<thi"),
    ("only a thought", True, "only a thought", ""),
    ("plain", False, "", "plain"),
    (" continued", False, "", " continued"),
    ("\n\n plain", False, "", " plain"),
]


_ANALYSIS, _FINAL = "<|channel|>analysis<|message|>", "<|channel|>final<|message|>"
_COMMENTARY = "<|channel|>commentary<|message|>"
_NEXT = "<|end|><|start|>assistant"
TAGGED = [
    (HARMONY, f"{_ANALYSIS}hm{_NEXT}{_FINAL}yes", "hm", "yes"),
    (HARMONY, f"{_ANALYSIS}a{_NEXT}{_ANALYSIS}b{_NEXT}{_FINAL}yes<|end|>", "a\n\nb", "yes"),
    (HARMONY, f"{_ANALYSIS}a{_NEXT}{_COMMENTARY}plan{_NEXT}{_FINAL}yes", "a", "plan\n\nyes"),
    (HARMONY, f"{_COMMENTARY}plan{_NEXT}{_ANALYSIS}a{_NEXT}{_FINAL}yes", "a", "plan\n\nyes"),
    (HARMONY, f"{_FINAL}{_NEXT}{_FINAL}yes{_NEXT}", "", "yes"),
    (HARMONY, f"{_FINAL}yes <|end|> is\n<|end|>\n1 < 2 <", "", "yes <|end|> is\n<|end|>\n1 < 2 <"),
    (HARMONY, f"{_FINAL}yes", "", "yes"),
    (HARMONY, f"{_ANALYSIS}hm{_NEXT}<|chan", "hm", ""),
    (HARMONY, "<|channel|>final json<|message|>{}", "", "{}"),
    (HARMONY, f"<|channel|>analysis to=python code<|message|>1+1{_NEXT}{_FINAL}2", "1+1", "2"),
    (HARMONY, f"{_ANALYSIS}hm{_NEXT}<|channel|>final json", "hm", ""),
    (HARMONY, "<|channel|>final\n<|message|>a", "", "<|channel|>final\n<|message|>a"),
    (HARMONY, "<|channel|>final <|end|>a", "", "<|channel|>final <|end|>a"),
    (MISTRAL, "[THINK]hm[/THINK]yes [THINK]", "hm", "yes [THINK]"),
    (SEED, "<seed:think>\nhm\n</seed:think>\n\nyes", "hm\n", "yes"),
    (COMMAND, "<|START_THINKING|>hm<|END_THINKING|><|START_RESPONSE|>yes", "hm", "yes"),
    (COMMAND, "<|START_RESPONSE|>yes", "", "yes"),
    (KIMI, "◁think▷hm◁/think▷yes", "hm", "yes"),
]


def _split(pieces: list[str], *, opened: bool, tags: ReasoningTags = THINK) -> tuple[str, str]:
    splitter = ReasoningSplitter(opened=opened, tags=tags)
    generated = {"reasoning": "", "answer": ""}
    deltas = [delta for piece in pieces for delta in splitter.push(piece)]
    for delta in [*deltas, *splitter.flush()]:
        assert delta.text
        generated[delta.channel] += delta.text
    return generated["reasoning"], generated["answer"]


@pytest.mark.parametrize(("text", "opened", "reasoning", "answer"), SAID)
def test_in_one_piece(text: str, opened: bool, reasoning: str, answer: str) -> None:
    assert _split([text], opened=opened) == (reasoning, answer)


@given(st.sampled_from(SAID), st.lists(st.integers(0, 50), max_size=8))
def test_however_it_is_cut(case: tuple[str, bool, str, str], cuts: list[int]) -> None:
    text, opened, *wanted = case
    ends = [0, *sorted(cuts), len(text)]
    pieces = [text[begin:end] for begin, end in pairwise(ends)]
    whole = "".join(pieces)
    assert _split([*pieces, text[len(whole) :]], opened=opened) == tuple(wanted)


@given(st.sampled_from(TAGGED), st.lists(st.integers(0, 90), max_size=8))
def test_each_family_by_its_own_tags(
    case: tuple[ReasoningTags, str, str, str], cuts: list[int]
) -> None:
    tags, text, *wanted = case
    ends = [0, *sorted(min(cut, len(text)) for cut in cuts), len(text)]
    pieces = [text[begin:end] for begin, end in pairwise(ends)]
    assert _split(pieces, opened=False, tags=tags) == tuple(wanted)
