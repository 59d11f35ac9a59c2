"""Whole turns are dropped, the oldest first, seldom, and never more than the history."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from inference.request.history import Fitted, fit, surely_fits
from inference.types import ChatMessage, GenerationRequest, SamplingOptions

LIMIT = 256
SYSTEM = ChatMessage("system", "be brief")
lengths = st.lists(st.integers(1, 30), min_size=1, max_size=60)


def _count(texts: Sequence[str]) -> list[int]:
    return [len(text) for text in texts]


def _messages(sizes: list[int], turns: int) -> tuple[ChatMessage, ...]:
    """`turns` questions with answers, then one more question."""
    received = [
        ChatMessage("user" if at % 2 == 0 else "assistant", chr(97 + at % 26) * size)
        for at, size in enumerate((sizes * 2)[: 2 * turns + 1])
    ]
    return (SYSTEM, *received)


def _request(
    messages: tuple[ChatMessage, ...], generated: str = "", **options: int
) -> GenerationRequest:
    asked = SamplingOptions(**options)  # type: ignore[arg-type]
    return GenerationRequest("r", "m", "a", messages, asked, answer_so_far=generated)


def _fit(sizes: list[int], turns: int, generated: str = "", **options: int) -> Fitted:
    return fit(_request(_messages(sizes, turns), generated, **options), LIMIT, _count)


@given(lengths)
def test_what_is_left_fits_and_is_the_end_of_the_whole(sizes: list[int]) -> None:
    for turns in range(len(sizes)):
        messages, fitted = _messages(sizes, turns), _fit(sizes, turns)
        left = fitted.request.messages
        assert left == (SYSTEM, *messages[1 + 2 * fitted.dropped_turns :])
        assert sum(len(message.content) for message in left) <= LIMIT - LIMIT // 4


@given(lengths)
def test_the_beginning_moves_on_only_and_once_a_stride(sizes: list[int]) -> None:
    dropped = [_fit(sizes, turns).dropped_turns for turns in range(len(sizes))]
    whole = sum(len(m.content) for m in _messages(sizes, len(sizes) - 1))
    assert dropped == sorted(dropped)
    assert len(set(dropped)) <= 1 + -(-max(whole - LIMIT * 3 // 4, 0) // (LIMIT // 4))


@given(lengths, st.integers(1, 60))
def test_an_answer_that_is_gone_on_with_keeps_its_history(sizes: list[int], generated: int) -> None:
    """While it stays within its reserved space, except the sixteenth that is always free."""
    turns = len(sizes) - 1
    generated = min(generated, LIMIT // 4 - LIMIT // 16)
    assert (
        _fit(sizes, turns, generated="x" * generated).dropped_turns
        == _fit(sizes, turns).dropped_turns
    )


@given(lengths, st.integers(1, 1000))
def test_the_requested_space_is_reserved_up_to_half(sizes: list[int], wanted: int) -> None:
    fitted = _fit(sizes, len(sizes) - 1, max_new_tokens=wanted)
    used = sum(len(message.content) for message in fitted.request.messages)
    assert used + min(wanted, LIMIT // 2) <= LIMIT


def test_at_least_half_the_context_stays_in_use() -> None:
    fitted = _fit([10] * 60, 59)
    used = sum(len(message.content) for message in fitted.request.messages)
    assert used >= LIMIT // 2 - 20


def test_a_question_too_long_alone_is_left_for_the_backend_to_refuse() -> None:
    messages = (SYSTEM, *_messages([5] * 8, 4)[1:-1], ChatMessage("user", "x" * 999))
    fitted = fit(_request(messages), LIMIT, _count)
    assert fitted.request.messages == (SYSTEM, messages[-1])
    assert fitted.dropped_turns == 4


@given(lengths, st.integers(0, 300))
def test_the_quick_look_is_never_wrong(sizes: list[int], generated: int) -> None:
    for turns in range(len(sizes)):
        request = _request(_messages(sizes, turns), "x" * generated)
        if surely_fits(request, 4 * LIMIT):
            assert fit(request, 4 * LIMIT, _count).dropped_turns == 0
