"""OpenAI's shape, both ways, without a model."""

from __future__ import annotations

from typing import Any

import pytest

from inference.backends.openai_chat import ChunkReader, body, failure
from inference.errors import InferenceError, InferenceErrorCode
from inference.events import Finished, TextDelta
from inference.types import ChatMessage, GenerationRequest, SamplingOptions, Usage

USAGE = {
    "prompt_tokens": 7,
    "completion_tokens": 2,
    "prompt_tokens_details": {"cached_tokens": 3},
}


def _request(options: SamplingOptions) -> GenerationRequest:
    return GenerationRequest("r", "m", "a", (ChatMessage("user", "问"),), options)


def test_only_given_options_are_sent() -> None:
    wanted = body(_request(SamplingOptions(temperature=0.0, stop=("。",))))
    assert wanted["temperature"] == 0.0
    assert wanted["stop"] == ["。"]
    assert "top_p" not in wanted
    assert wanted["messages"] == [{"role": "user", "content": "问"}]


def test_sampling_switched_off_is_a_temperature_of_zero() -> None:
    wanted = body(_request(SamplingOptions(temperature=0.8, do_sample=False)))
    assert wanted["temperature"] == 0.0


def test_thinking_is_switched_in_the_template() -> None:
    wanted = body(_request(SamplingOptions(enable_thinking=False)))
    assert wanted["chat_template_kwargs"] == {"enable_thinking": False}


def test_a_stream_becomes_events_and_one_end() -> None:
    reader = ChunkReader()
    chunks: list[dict[str, Any]] = [
        {"choices": [{"delta": {"role": "assistant", "content": None}}]},
        {"choices": [{"delta": {"reasoning_content": "想"}}]},
        {"choices": [{"delta": {"content": "好"}}]},
        {"choices": [{"delta": {}, "finish_reason": "length"}]},
        {"choices": [], "usage": USAGE},
    ]
    events = [event for chunk in chunks for event in reader.read(chunk)]
    assert events == [TextDelta("reasoning", "想"), TextDelta("answer", "好")]
    assert reader.finished() == Finished("length", Usage(7, 2, 3))


def test_the_usage_so_far_is_told_before_the_end() -> None:
    reader = ChunkReader()
    timings = {"cache_n": 3, "prompt_n": 4, "predicted_n": 2}
    list(reader.read({"choices": [{"delta": {"content": "好"}}], "timings": timings}))
    list(reader.read({"choices": [{"delta": {"role": "assistant", "content": None}}]}))
    assert reader.so_far == Usage(7, 2, 3)


def test_a_stream_that_breaks_off_is_a_failure() -> None:
    reader = ChunkReader()
    list(reader.read({"choices": [{"delta": {"content": "好"}}]}))
    with pytest.raises(InferenceError) as raised:
        reader.finished()
    assert raised.value.retryable


def test_an_error_in_the_stream_is_raised() -> None:
    with pytest.raises(InferenceError):
        list(ChunkReader().read({"error": {"message": "boom"}}))


def test_a_long_prompt_brings_its_numbers() -> None:
    error = failure({"type": "exceed_context_size_error", "n_prompt_tokens": 9, "n_ctx": 8})
    assert error.code is InferenceErrorCode.CONTEXT_EXCEEDED
    assert error.detail == {"tokens": 9, "limit": 8}


def test_a_wrong_request_says_what_is_wrong() -> None:
    error = failure({"type": "invalid_request_error", "message": "no such role"})
    assert error.code is InferenceErrorCode.INVALID_REQUEST
    assert error.detail == {"reason": "no such role"}


def test_a_character_cut_between_two_chunks_is_whole_and_a_lone_half_is_replaced() -> None:
    reader = ChunkReader()
    chunks: list[dict[str, Any]] = [
        {"choices": [{"delta": {"content": "a\ud83d"}}]},
        {"choices": [{"delta": {"content": "\ude00b"}}]},
        {"choices": [{"delta": {"content": "\0\ud83d"}}]},
        {"choices": [{"delta": {}, "finish_reason": "stop"}]},
    ]
    events = [event for chunk in chunks for event in reader.read(chunk)]
    assert [event.text for event in events if isinstance(event, TextDelta)] == [
        "a",
        "😀b",
        "\ufffd",
        "\ufffd",
    ]
