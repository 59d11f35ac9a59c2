"""How many tokens an answer may have, and whether it is stopped when it repeats itself."""

from __future__ import annotations

from dataclasses import replace

import pytest

from inference.request.bounds import Bounds
from inference.types import ChatMessage, GenerationRequest, ModelCard, SamplingOptions

OWNED = ModelCard("m", "M", "llama_cpp", slots=1)
BUILTIN = replace(OWNED, builtin=True)
REMOTE = replace(OWNED, local=False)


def _request(asked: int | None = None, so_far: int = 0) -> GenerationRequest:
    options = SamplingOptions(max_new_tokens=asked)
    generated = (ChatMessage("user", "问"),)
    return GenerationRequest("r", "m", "a", generated, options, tokens_so_far=so_far)


@pytest.mark.parametrize(
    ("limit", "card", "request_", "allowed"),
    [
        (0, OWNED, _request(), None),
        (0, OWNED, _request(9000), 9000),
        (0, BUILTIN, _request(), 2048),
        (0, BUILTIN, _request(100), 100),
        (0, BUILTIN, _request(9000), 2048),
        (0, BUILTIN, _request(so_far=2000), 48),
        (0, BUILTIN, _request(100, so_far=2000), 48),
        (500, BUILTIN, _request(), 500),
        (5000, BUILTIN, _request(), 5000),
        (500, OWNED, _request(), 500),
        (500, OWNED, _request(501), 500),
        (500, OWNED, _request(so_far=600), 0),
        (500, REMOTE, _request(9000), 9000),
    ],
)
def test_the_limit_counts_the_whole_answer_and_a_request_may_ask_for_less(
    limit: int, card: ModelCard, request_: GenerationRequest, allowed: int | None
) -> None:
    assert Bounds(limit).applied(request_, card).options.max_new_tokens == allowed


def test_applied_twice_it_is_as_applied_once() -> None:
    once = Bounds(50).applied(_request(so_far=20), OWNED)
    assert Bounds(50).applied(once, OWNED) == once


@pytest.mark.parametrize("stop", [True, False])
def test_repetition_is_stopped_unless_that_is_switched_off(stop: bool) -> None:
    bounds = Bounds(stop_repetition=stop)
    assert bounds.applied(_request(), OWNED).stop_repetition is stop


def test_by_default_it_is_stopped() -> None:
    assert Bounds().stop_repetition
