"""`max_length` counts the prompt and the answer together."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inference.errors import InferenceError, InferenceErrorCode
from inference.request.bounds import Bounds
from inference.request.history import fit
from inference.request.total_length import within_total
from inference.types import ChatMessage, GenerationRequest, ModelCard, SamplingOptions

CARD = ModelCard("m", "Model", "test", 1)


def _request(
    *, so_far: int = 0, messages: tuple[str, ...] = ("?",), **options: int
) -> GenerationRequest:
    return GenerationRequest(
        run="r",
        model="m",
        owner="o",
        messages=tuple(
            ChatMessage("assistant" if at % 2 else "user", text) for at, text in enumerate(messages)
        ),
        options=SamplingOptions(**options),  # type: ignore[arg-type]
        answer_so_far="x" * so_far,
        tokens_so_far=so_far,
    )


@given(st.integers(2, 1000), st.integers(1, 1000), st.integers(0, 1000))
def test_the_whole_is_never_longer_and_the_answer_never_empty(
    longest: int, question: int, so_far: int
) -> None:
    request = _request(so_far=so_far, max_length=longest)
    if question >= longest:
        with pytest.raises(InferenceError) as raised:
            within_total(request, question)
        assert raised.value.code is InferenceErrorCode.CONTEXT_EXCEEDED
        assert raised.value.detail == {"tokens": question, "limit": longest}
        return
    options = within_total(request, question)
    assert options.max_length is None
    assert options.max_new_tokens == max(longest - question - so_far, 1)


def test_max_new_tokens_of_the_same_person_wins() -> None:
    asked = _request(max_length=8, max_new_tokens=100)
    bounded = Bounds().applied(asked, CARD)
    assert within_total(bounded, 50).max_new_tokens == 100


def test_a_bound_of_the_owner_does_not_lengthen_it() -> None:
    bounded = Bounds(answer_tokens=100).applied(_request(max_length=60), CARD)
    assert within_total(bounded, 50).max_new_tokens == 10


def test_a_limit_on_either_length_leaves_none_of_the_defaults() -> None:
    total = SamplingOptions(max_length=60).over(SamplingOptions(max_new_tokens=5, top_k=3))
    assert (total.max_length, total.max_new_tokens, total.top_k) == (60, None, 3)
    new = SamplingOptions(max_new_tokens=5).over(SamplingOptions(max_length=60))
    assert (new.max_length, new.max_new_tokens) == (None, 5)


def test_history_is_left_out_before_the_question_is_refused() -> None:
    asked = _request(messages=("a" * 40, "b" * 40, "c" * 20), max_length=60)
    fitted = fit(asked, 8192, lambda texts: [len(text) for text in texts])
    assert [message.content for message in fitted.request.messages] == ["c" * 20]
    assert fitted.dropped_turns == 1
