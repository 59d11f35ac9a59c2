"""What providers send in place of the stream that is documented."""

from __future__ import annotations

import pytest

from inference.backends.base import Backend
from inference.errors import InferenceError, InferenceErrorCode
from inference.events import GenerationEvent
from inference.remote.event_stream import EventStream
from inference.types import Usage
from tests.inference.backends.contract import read, request, text_of
from tests.inference.remote.models import (
    account,
    backend_of,
    end,
    going_on,
    played,
    received,
    texts,
)
from tests.inference.remote.upstream import Scenario, upstream
from tests.inference.remote.upstream_scenarios import SCENARIOS, delta, ending, events, story

COUNTED = Usage(9, 4)
CODE = InferenceErrorCode


@pytest.mark.parametrize(
    "scenario",
    [
        "plain",
        "keep_alive",
        "empty_choices",
        "usage_in_every_chunk",
        "usage_in_the_choice",
        "no_done",
        "crlf",
        "no_empty_lines",
        "several_data_lines",
        "garbage_lines",
        "gzip",
        "parts",
    ],
)
async def test_a_stream_is_read_however_it_is_written(scenario: str) -> None:
    async with played(scenario) as (backend, _):
        events = await received(backend)
    assert texts(events) == {"reasoning": "", "answer": "你好，世界"}
    assert end(events).usage == COUNTED
    assert end(events).reason == "stop"


@pytest.mark.parametrize("scenario", ["no_usage", "no_reason", "json_lines"])
async def test_tokens_that_are_not_reported_are_estimated(scenario: str) -> None:
    async with played(scenario) as (backend, _):
        events = await received(backend)
    assert texts(events)["answer"] == "你好，世界"
    assert 2 <= end(events).usage.completion_tokens <= 8
    assert end(events).usage.prompt_tokens > 0


async def test_characters_are_whole_wherever_the_bytes_are_cut() -> None:
    async with played("half_utf8") as (backend, _):
        assert text_of(await received(backend)) == "你好，😀世界"


async def test_halves_of_surrogate_pairs_are_joined_or_replaced() -> None:
    async with played("surrogates") as (backend, _):
        assert text_of(await received(backend)) == "😀\ufffd\ufffd"


@pytest.mark.parametrize(
    ("scenario", "name"),
    [
        ("reasoning", "m"),
        ("think_tags", "m"),
        ("think_tags", "deepseek-r1"),
        ("think_end_only", "DeepSeek-R1-Distill-Qwen-1.5B"),
        ("think_end_only", "Qwen3-4B-Thinking-2507"),
    ],
)
async def test_reasoning_is_distinguished(scenario: str, name: str) -> None:
    async with played(scenario, name=name) as (backend, _):
        generated = texts(await received(backend))
    assert generated["reasoning"].rstrip() == "想一想"
    assert generated["answer"] == "好了"


async def test_thoughts_in_parts_are_reasoning() -> None:
    async with played("thinking_parts") as (backend, _):
        assert texts(await received(backend)) == {"reasoning": "想一想", "answer": "好了"}


async def test_tags_after_reasoning_of_its_own_are_words_of_the_answer() -> None:
    async with played("reasoning_content", name="deepseek-r1") as (backend, _):
        generated = texts(await received(backend))
    assert generated == {"reasoning": "想一想", "answer": "好了 <think> 是标签"}


@pytest.mark.parametrize("scenario", ["whole", "refuses_stream"])
async def test_a_server_without_streams_is_read_whole(scenario: str) -> None:
    async with played(scenario) as (backend, server):
        for _ in range(2):
            events = await received(backend)
            assert texts(events) == {"reasoning": "想", "answer": "你好，世界"}
            assert end(events).usage == COUNTED
        streamed = [call.body.get("stream", False) for call in server.calls]
    assert streamed == ([True, True] if scenario == "whole" else [True, False, False])


@pytest.mark.parametrize(
    ("scenario", "field"),
    [
        ("refuses_stream_options", "stream_options"),
        ("refuses_max_tokens", "max_tokens"),
        ("refuses_stop", "stop"),
    ],
)
async def test_a_field_that_is_refused_is_left_out_from_then_on(scenario: str, field: str) -> None:
    async with played(scenario) as (backend, server):
        for _ in range(2):
            assert text_of(await received(backend, max_new_tokens=9, stop=("世界",))) == "你好，"
        assert [field in call.body for call in server.calls] == [True, False, False]


async def test_stop_strings_beyond_the_providers_number_are_found_here() -> None:
    async with upstream(story) as server:
        backend = backend_of(account(server.url, "zhipu"))
        events = await received(backend, stop=("不会说", "还没"), max_new_tokens=100)
        assert server.calls[0].body["stop"] == ["不会说"]
        assert text_of(events) == "0001 个句子"
        assert end(events).reason == "stop"
        await backend.close()


@pytest.mark.parametrize(
    ("scenario", "reason"), [("length", "length"), ("sensitive", "content_filter")]
)
async def test_the_reason_of_an_end_is_reported(scenario: str, reason: str) -> None:
    async with played(scenario) as (backend, _):
        events = await received(backend)
    assert (text_of(events), end(events).reason) == ("你好", reason)


@pytest.mark.parametrize(
    ("scenario", "code", "words"),
    [
        ("error_in_the_middle", CODE.PROVIDER_FAILED, "你好"),
        ("error_as_text", CODE.PROVIDER_FAILED, ""),
        ("error_with_200", CODE.PROVIDER_BALANCE, ""),
        ("filtered", CODE.PROVIDER_CONTENT_FILTERED, ""),
        ("short_of_resources", CODE.PROVIDER_OVERLOADED, "你好"),
        ("network_error", CODE.PROVIDER_FAILED, "你好"),
        ("cut", CODE.PROVIDER_DISCONNECTED, "你好"),
        ("cut_at_once", CODE.PROVIDER_DISCONNECTED, ""),
        ("ended_early", CODE.PROVIDER_DISCONNECTED, "你好"),
        ("nothing", CODE.PROVIDER_FAILED, ""),
        ("html", CODE.PROVIDER_FAILED, ""),
        ("damaged_gzip", CODE.PROVIDER_FAILED, ""),
        ("compressed_error", CODE.PROVIDER_KEY_REFUSED, ""),
        ("redirect", CODE.PROVIDER_REFUSED, ""),
    ],
)
async def test_a_broken_answer_is_one_error_after_the_text_so_far(
    scenario: str, code: InferenceErrorCode, words: str
) -> None:
    async with played(scenario) as (backend, _):
        generated, error = await _until_error(backend)
    assert error.code is code
    assert error.detail["provider"] == "Testmodels"
    assert text_of(generated) == words


async def _until_error(backend: Backend) -> tuple[list[GenerationEvent], InferenceError]:
    generated: list[GenerationEvent] = []
    try:
        async for event in backend.generate(request("你好")):
            generated.append(event)
    except InferenceError as error:
        return generated, error
    raise AssertionError("no error")


@pytest.mark.parametrize("scenario", ["cut_at_once", "error_as_text", "nothing"])
async def test_before_the_first_text_it_is_asked_three_times(scenario: str) -> None:
    async with played(scenario) as (backend, server):
        with pytest.raises(InferenceError):
            await received(backend)
        assert len(server.calls) == 3
        server.next.append(SCENARIOS[scenario])
        server.scenario = SCENARIOS["plain"]
        assert text_of(await received(backend)) == "你好，世界"


async def test_after_the_first_text_it_is_not_asked_again() -> None:
    async with played("cut") as (backend, server):
        with pytest.raises(InferenceError):
            await received(backend)
        assert len(server.calls) == 1


async def test_a_silent_provider_is_given_up_after_the_seconds_set() -> None:
    async with played("silence", silence=0.5) as (backend, server):
        with pytest.raises(InferenceError) as raised:
            await received(backend)
        assert raised.value.code is CODE.PROVIDER_TIMEOUT
        assert len(server.calls) == 1


async def test_redirects_are_not_followed_and_the_key_stays() -> None:
    async with upstream(SCENARIOS["plain"]) as other:
        async with played("redirect") as (backend, server):
            url = f"http://me:s3cret@127.0.0.1:{other.port}/v1/chat/completions"

            async def away(call: object) -> None:
                await server.calls[-1].answer(307, b"", {"location": url})

            server.scenario = away
            with pytest.raises(InferenceError, match="is redirected to 127") as raised:
                await received(backend)
        assert not other.calls
        assert "s3cret" not in str(raised.value.detail)


async def test_a_prefix_that_is_repeated_is_taken_away() -> None:
    generated = "春天的风吹过了山岗，吹过了河流，"
    for first in (generated, generated[:9]):
        async with played("plain") as (backend, server):
            server.scenario = story_after(first, generated)
            assert text_of(await read(going_on(backend, generated))) == "又吹到了门前。"


def story_after(first: str, generated: str) -> Scenario:
    """It repeats the text so far, in two events."""
    return events(delta(first), delta(generated[len(first) :] + "又吹到了门前。"), ending())


@pytest.mark.parametrize("size", [1, 2, 3, 7, 64, 4096])
def test_events_are_the_same_however_the_bytes_are_cut(size: int) -> None:
    text = 'data: {"a": "你好"}\r\n\r\n: x\r\rdata: {"b":\ndata: 1}\n\ndata: [DONE]\n\n'.encode()
    stream = EventStream()
    read_so_far = [v for at in range(0, len(text), size) for v in stream.push(text[at : at + size])]
    assert [*read_so_far, *stream.flush()] == [{"a": "你好"}, {"b": 1}]
    assert stream.done
