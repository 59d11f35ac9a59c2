"""Text so far stands after a prompt as the model itself would have marked it."""

from __future__ import annotations

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
from inference.text.text_so_far import TextSoFar

PLAIN, OPENED = "<|im_start|>assistant\n", "<｜Assistant｜><think>\n"


@pytest.mark.parametrize(
    ("prompt", "reasoning", "answer", "wanted"),
    [
        (PLAIN, "", "", ""),
        (PLAIN, "", "yes", "yes"),
        (PLAIN, "hm", "", "<think>\nhm"),
        (PLAIN, "hm\n", "yes", "<think>\nhm\n</think>\n\nyes"),
        (OPENED, "", "", ""),
        (OPENED, "hm", "", "hm"),
        (OPENED, "hm\n", "yes", "hm\n</think>\n\nyes"),
        (OPENED, "", "yes", "</think>\n\nyes"),
    ],
)
def test_tags_are_written_where_the_template_has_not(
    prompt: str, reasoning: str, answer: str, wanted: str
) -> None:
    parts = list(TextSoFar(reasoning, answer).after(prompt))
    assert "".join(part.text for part in parts) == wanted
    assert [part.text for part in parts if not part.tag] == [*filter(None, (reasoning, answer))]


@pytest.mark.parametrize(
    ("prompt", "tags", "wanted"),
    [
        (PLAIN, THINK, ""),
        (OPENED, THINK, "</think>\n\n"),
        ("<|start|>assistant", HARMONY, "<|channel|>final<|message|>"),
        ("<|CHATBOT_TOKEN|><|START_RESPONSE|>", COMMAND, ""),
    ],
)
def test_an_answer_that_must_not_reason_has_begun(
    prompt: str, tags: ReasoningTags, wanted: str
) -> None:
    so_far = TextSoFar(may_reason=False)
    assert [(part.text, part.tag) for part in so_far.after(prompt, tags)] == (
        [(wanted, True)] if wanted else []
    )
    assert so_far.channel == "answer"


@given(
    st.text("ab\n", min_size=1).filter(lambda text: not text.startswith("\n")),
    st.text("cd\n", min_size=1).filter(lambda text: not text.startswith("\n")),
    st.integers(0, 100),
    st.sampled_from([PLAIN, OPENED]),
    st.sampled_from([COMMAND, HARMONY, KIMI, MISTRAL, SEED, THINK]),
)
def test_what_follows_a_cut_is_emitted_on_the_right_channel(
    reasoning: str, answer: str, cut: int, prompt: str, tags: ReasoningTags
) -> None:
    """Written by the model, cut anywhere in the emitted text, and continued: the same two texts."""
    so_far = TextSoFar(reasoning[:cut], answer[: max(cut - len(reasoning), 0)])
    whole = "".join(part.text for part in TextSoFar(reasoning, answer).after(prompt, tags))
    begun = "".join(part.text for part in so_far.after(prompt, tags))
    if so_far.channel is None:
        begun = ""
    opened = tags.is_opened_by(prompt)
    splitter = ReasoningSplitter(opened=opened, continued=so_far.channel, tags=tags)
    received = {"reasoning": so_far.reasoning, "answer": so_far.answer}
    assert whole.startswith(begun)
    for delta in (*splitter.push(whole[len(begun) :]), *splitter.flush()):
        received[delta.channel] += delta.text
    assert received == {"reasoning": reasoning, "answer": answer}
