"""`max_length`, the limit on prompt and answer together, as a limit on new tokens."""

from __future__ import annotations

from dataclasses import replace

from inference.errors import InferenceError, InferenceErrorCode
from inference.types import GenerationRequest, SamplingOptions


def within_total(request: GenerationRequest, question_tokens: int) -> SamplingOptions:
    """The request's options with `max_length` taken into `max_new_tokens`, the lesser of the two.

    `question_tokens` are the prompt's without those of the answer so far. That answer gets one
    token more at least: it was within its allowance when it was interrupted.

    Raises `InferenceError` with `context_exceeded` where the question alone fills `max_length`.
    """
    options = request.options
    if options.max_length is None:
        return options
    if question_tokens >= options.max_length:
        raise _too_long(question_tokens, options.max_length)
    left = max(options.max_length - question_tokens - request.tokens_so_far, 1)
    asked = options.max_new_tokens
    new = left if asked is None else min(asked, left)
    return replace(options, max_new_tokens=new, max_length=None)


def _too_long(tokens: int, limit: int) -> InferenceError:
    return InferenceError(
        InferenceErrorCode.CONTEXT_EXCEEDED,
        f"{tokens} tokens for a max_length of {limit}",
        detail={"tokens": tokens, "limit": limit},
    )
