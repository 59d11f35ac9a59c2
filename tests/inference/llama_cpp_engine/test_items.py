"""Items of llama.cpp's completions, without a model."""

from __future__ import annotations

from typing import Any

import pytest

from inference.errors import InferenceError, InferenceErrorCode
from inference.events import GenerationFinished
from inference.llama_cpp_engine.items import ItemReader, failure
from inference.types import Usage

USAGE = {
    "prompt_tokens": 7,
    "completion_tokens": 2,
    "prompt_tokens_details": {"cached_tokens": 3},
}


def test_items_become_text_and_one_end() -> None:
    reader = ItemReader()
    items: list[dict[str, Any]] = [
        {"choices": [], "prompt_progress": {"total": 7}},
        {"choices": [{"text": "想"}]},
        {"choices": [{"text": "好"}]},
        {"choices": [{"text": "", "finish_reason": "length"}]},
        {"choices": [], "usage": USAGE},
    ]
    assert [text for item in items for text in reader.read(item)] == ["想", "好"]
    assert reader.finished() == GenerationFinished("length", Usage(7, 2, 3))


def test_the_usage_so_far_is_reported_before_the_end() -> None:
    reader = ItemReader()
    timings = {"cache_n": 3, "prompt_n": 4, "predicted_n": 2}
    list(reader.read({"choices": [{"text": "好"}], "timings": timings}))
    list(reader.read({"choices": [{"text": ""}]}))
    assert reader.so_far == Usage(7, 2, 3)


def test_a_stream_that_breaks_off_is_a_failure() -> None:
    reader = ItemReader()
    list(reader.read({"choices": [{"text": "好"}]}))
    with pytest.raises(InferenceError) as raised:
        reader.finished()
    assert raised.value.retryable


def test_an_error_in_the_stream_is_raised() -> None:
    with pytest.raises(InferenceError):
        list(ItemReader().read({"error": {"message": "boom"}}))


def test_a_long_prompt_brings_its_numbers() -> None:
    error = failure({"type": "exceed_context_size_error", "n_prompt_tokens": 9, "n_ctx": 8})
    assert error.code is InferenceErrorCode.CONTEXT_EXCEEDED
    assert error.detail == {"tokens": 9, "limit": 8}


def test_a_wrong_request_reports_what_is_wrong() -> None:
    error = failure({"type": "invalid_request_error", "message": "no such role"})
    assert error.code is InferenceErrorCode.INVALID_REQUEST
    assert error.detail == {"reason": "no such role"}


def test_a_character_cut_between_two_items_is_whole_and_a_lone_half_is_replaced() -> None:
    reader = ItemReader()
    items: list[dict[str, Any]] = [
        {"choices": [{"text": "a\ud83d"}]},
        {"choices": [{"text": "\ude00b"}]},
        {"choices": [{"text": "\0\ud83d"}]},
        {"choices": [{"text": "", "finish_reason": "stop"}]},
    ]
    texts = [text for item in items for text in reader.read(item)]
    assert texts == ["a", "😀b", "\ufffd", "\ufffd"]
