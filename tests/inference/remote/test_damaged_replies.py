"""Replies that no server should send: each becomes one error that people can read."""

from __future__ import annotations

import random
from datetime import UTC, datetime

import httpx
import pytest

from inference.errors import InferenceError, InferenceErrorCode
from inference.events import TextDelta
from inference.remote.lenient_json import read_json
from inference.remote.ollama_errors import OllamaTarget, translated
from inference.remote.provider_errors import ProviderErrors
from inference.remote.provider_model import read_model
from inference.remote.refusal import read_refusal
from inference.remote.token_usage import read_usage
from inference.remote.waiting import seconds_to_wait
from tests.inference.backends.contract import request
from tests.inference.remote.models import account, backend_of
from tests.inference.remote.upstream import Call, Scenario, upstream

CODE = InferenceErrorCode
NINES = b"9" * 400
CONTENT = b'data: {"choices":[{"delta":{"content":"hi"}}]}\n\n'


def _raw(head: bytes, body: bytes = b"") -> Scenario:
    async def send(call: Call) -> None:
        call.keep_alive = False
        call.writer.write(b"HTTP/1.1 " + head + b"\r\n\r\n" + body)
        await call.writer.drain()

    return send


async def _outcome(scenario: Scenario) -> tuple[str, InferenceErrorCode | None]:
    """The text that came, and the error after it."""
    text = ""
    async with upstream(scenario) as server:
        backend = backend_of(account(server.url), silence=5)
        try:
            async for event in backend.generate(request("你好")):
                text += event.text if isinstance(event, TextDelta) else ""
        except InferenceError as error:
            return text, error.code
        finally:
            await backend.close()
    return text, None


@pytest.mark.parametrize(
    ("head", "body", "code"),
    [
        (b"401 x\r\ncontent-length: 500", b"hi", CODE.PROVIDER_KEY_REFUSED),
        (b"401 x\r\ncontent-encoding: gzip\r\ncontent-length: 3", b"abc", CODE.PROVIDER_FAILED),
        (b"500 x\r\ntransfer-encoding: chunked", b"zz\r\nhi", CODE.PROVIDER_FAILED),
        (b"302 x\r\nlocation: http://[\r\ncontent-length: 0", b"", CODE.PROVIDER_REFUSED),
        (b"429 x\r\nx-ratelimit-reset: " + NINES + b"s", b"", CODE.PROVIDER_RATE_LIMITED),
        (b"200 x\r\ncontent-type: application/json", b"[" * 9999, CODE.PROVIDER_FAILED),
        (
            b"200 x\r\ncontent-type: text/event-stream",
            b"data: " + b"[" * 9999,
            CODE.PROVIDER_FAILED,
        ),
    ],
)
async def test_a_damaged_reply_is_an_error_of_the_provider(
    head: bytes, body: bytes, code: InferenceErrorCode
) -> None:
    assert await _outcome(_raw(head, body)) == ("", code)


_FRAGMENTS = [
    *(b'"choices":null', b'"choices":[null]', b'"choices":{}', b'"choices":[{"delta":null}]'),
    *(b'"choices":[{"delta":{"content":[1,{"text":3}]}}]', b'"choices":[{"finish_reason":7}]'),
    *(b'"choices":[{"delta":{"content":{},"reasoning_content":[]},"index":"x"}]', b'"choices":"x"'),
    *(b'"usage":{"prompt_tokens":' + NINES + b"}", b'"usage":{"prompt_tokens":NaN,"cost":1e999}'),
    *(b'"usage":"x"', b'"error":[]', b'"error":null', b'"code":{}', b'"usage":[null]'),
]
_NOISE = [b": comment", b"\xef\xbb\xbf", b"data:", b"data: \xe4\xbd", b"id: 1", b"data: 7", b"\x00"]
_BREAKS = [b"\n", b"\r\n", b"\n\n", b"\r\n\r\n"]


async def test_text_is_kept_whatever_stands_around_it() -> None:
    drawn = random.Random(7)
    for _ in range(40):
        odd = [b"data:{" + drawn.choice(_FRAGMENTS) + b"}" for _ in range(4)]
        lines = [*odd, *drawn.sample(_NOISE, 3)]
        drawn.shuffle(lines)
        noise = b"".join(line + drawn.choice(_BREAKS) for line in lines)
        head = b"200 x\r\ncontent-type: text/event-stream"
        assert (await _outcome(_raw(head, CONTENT + noise)))[0] == "hi"


@pytest.mark.parametrize(
    "data", [b"[" * 200 + b"]" * 200, b"[" * 99_999, b'{"a":' * 200 + b"1" + b"}" * 200]
)
def test_json_is_read_to_a_bounded_depth(data: bytes) -> None:
    with pytest.raises(ValueError, match="nested"):
        read_json(data)


@pytest.mark.parametrize(
    "headers",
    [
        {"retry-after": "Thu, 01 Jan 2027 00:00:00 +99999999999999999999"},
        {"retry-after": "1 Jan 99999999999999999999 1:1:1"},
        {"x-ratelimit-reset": "9" * 400 + "s"},
        {"retry-after": "nan"},
    ],
)
def test_a_wait_that_cannot_be_reckoned_is_bounded(headers: dict[str, str]) -> None:
    waits = seconds_to_wait(headers, "", datetime.now(UTC))
    assert waits is None or 1 <= waits <= 86_400


@pytest.mark.parametrize("limit", ["9" * 5000, "0"])
def test_a_limit_that_is_none_is_survived(limit: str) -> None:
    body = {"error": {"message": f"maximum context length is {limit}", "code": "4" * 5000}}
    error = ProviderErrors(account("http://a/v1")).refused(read_refusal(400, body), {}, 5)
    assert error.detail.get("limit") != 0


def test_a_context_of_no_tokens_is_not_learned() -> None:
    assert read_refusal(400, {"error": {"n_prompt_tokens": 5, "n_ctx": 0}}).numbers is None


def test_counts_beyond_any_text_are_none() -> None:
    assert read_usage({"prompt_tokens": 10**400, "completion_tokens": -1}, "") is None
    usage = read_usage({"prompt_tokens": 3, "completion_tokens": 1, "cost": 10**400}, "USD")
    assert usage is not None
    assert usage.cost is None


def test_a_name_that_cannot_be_written_is_no_models() -> None:
    assert read_model({"id": "a\ud800"}) is None
    found = read_model({"id": "a", "name": "b\ud800", "context_length": 10**400})
    assert found is not None
    assert (found.name, found.context_tokens) == ("b\ufffd", None)


@pytest.mark.parametrize("error", [httpx.DecodingError("damaged"), RecursionError()])
def test_what_ollama_cannot_have_sent_is_its_failure(error: Exception) -> None:
    with pytest.raises(InferenceError) as raised, translated(OllamaTarget("m", "h")):
        raise error
    assert raised.value.code is CODE.PROVIDER_FAILED
