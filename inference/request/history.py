"""Cuts a conversation to a model's context: whole turns, the oldest first, and rarely.

The prefix cache is useful while the prompt begins with the same tokens, so dropping one turn at
every question would disable it. The beginning therefore moves in strides of a quarter of the
context, counted from the first message: the dropped turns depend on the history alone, and stay the
same for many questions.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from inference.errors import InferenceError, InferenceErrorCode
from inference.types import ChatMessage, GenerationRequest

CountTokens = Callable[[Sequence[str]], list[int]]
"""How many tokens each text takes as a message, its marks included; rather one too many."""

_STRIDES = 4
_MOST_RESERVED = 8192
_LEAST_SHARE = 16
"""A sixteenth of the context stays free in any case, also for errors of the count."""
_MARKS = 16
"""Template tokens around a message, at most; only for the upper bound."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """The request without its first `dropped_turns` questions and their answers."""

    request: GenerationRequest
    dropped_turns: int = 0


def most_tokens(messages: Sequence[ChatMessage]) -> int:
    """An upper bound of their tokens: a token has at least one byte."""
    return sum(_MARKS + len(message.content.encode()) for message in messages)


def surely_fits(request: GenerationRequest, context_tokens: int) -> bool:
    """A quick check by the upper bound, without a tokenizer."""
    limit = _limit(request, context_tokens)
    most = most_tokens(request.messages)
    so_far = len(request.text_so_far.encode())
    if request.prompt_tokens is not None and most > request.prompt_tokens:
        return False
    return most + _answer_tokens(request, limit, so_far) <= limit


def fit(request: GenerationRequest, context_tokens: int, count: CountTokens) -> Fitted:
    """Drop no more than is needed in whole strides, never the system prompt or the question.

    Space is reserved for the answer: `max_new_tokens`, up to half the context, else a quarter of
    it. A question that does not fit alone is left to the backend to refuse.

    Raises `InferenceError` with `context_exceeded` for one beyond `request.prompt_tokens`.
    """
    context_tokens = _limit(request, context_tokens)
    opening, turns, question = _split(request.messages)
    so_far = request.text_so_far
    tokens = count([*(message.content for message in request.messages), so_far])
    sizes = _sizes(tokens[len(opening) :], turns)
    kept = sum(tokens[: len(opening)]) + tokens[-2]
    reserved = _answer_tokens(request, context_tokens, tokens[-1] if so_far else 0)
    excess = kept + sum(sizes) + reserved - context_tokens
    if request.prompt_tokens is not None:
        _check(kept, request.prompt_tokens)
        excess = max(excess, kept + sum(sizes) - request.prompt_tokens)
    dropped = turns_to_drop(sizes, excess, max(context_tokens // _STRIDES, 1))
    rest = (message for turn in turns[dropped:] for message in turn)
    return Fitted(replace(request, messages=(*opening, *rest, question)), dropped)


def _limit(request: GenerationRequest, context_tokens: int) -> int:
    """The limit of prompt and answer together."""
    longest = request.options.max_length
    return context_tokens if longest is None else min(longest, context_tokens)


def _check(tokens: int, limit: int) -> None:
    if tokens > limit:
        code = InferenceErrorCode.CONTEXT_EXCEEDED
        raise InferenceError(
            code,
            f"{tokens} tokens for a limit of {limit}",
            detail={"tokens": tokens, "limit": limit},
        )


def turns_to_drop(sizes: Sequence[int], excess: int, stride: int) -> int:
    """The fewest of the first turns that free `excess` tokens, rounded up to whole strides."""
    if excess <= 0:
        return 0
    wanted = -(-excess // stride) * stride
    freed = accumulate(sizes)
    return next((at for at, tokens in enumerate(freed, 1) if tokens >= wanted), len(sizes))


Turn = tuple[ChatMessage, ...]


def _split(
    messages: Sequence[ChatMessage],
) -> tuple[list[ChatMessage], list[Turn], ChatMessage]:
    """The system messages, the turns, each beginning with a question, and the last question."""
    *earlier, question = messages
    opening = [message for message in earlier if message.role == "system"]
    turns: list[list[ChatMessage]] = []
    for message in earlier[len(opening) :]:
        if message.role == "user" or not turns:
            turns.append([])
        turns[-1].append(message)
    return opening, [tuple(turn) for turn in turns], question


def _sizes(tokens: Sequence[int], turns: Sequence[Turn]) -> list[int]:
    ends = accumulate(map(len, turns), initial=0)
    return [
        sum(tokens[begin : begin + len(turn)]) for begin, turn in zip(ends, turns, strict=False)
    ]


def _answer_tokens(request: GenerationRequest, context_tokens: int, so_far: int) -> int:
    """Tokens reserved for the whole answer; a continued one keeps the space it began with."""
    wanted = request.options.max_new_tokens
    usual = min(context_tokens // 4, _MOST_RESERVED)
    wanted_tokens = usual if wanted is None else min(so_far + wanted, context_tokens // 2)
    return max(wanted_tokens, so_far + context_tokens // _LEAST_SHARE)
