"""Each provider's refusals, by the bodies that their documentation and clients show."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest

from inference.errors import InferenceError, InferenceErrorCode
from inference.remote.quotation import quoted
from inference.remote.waiting import seconds_to_wait
from tests.inference.remote.models import KEY, account, backend_of, received
from tests.inference.remote.upstream import upstream
from tests.inference.remote.upstream_scenarios import refusal

CODE = InferenceErrorCode
NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)


def _error(message: str, **more: Any) -> dict[str, Any]:
    return {"error": {"message": message, **more}}


REFUSALS = [
    (
        "openai key",
        401,
        _error("Incorrect API key provided", code="invalid_api_key"),
        "KEY_REFUSED",
    ),
    ("openai quota", 429, _error("You exceeded your quota", code="insufficient_quota"), "BALANCE"),
    ("openai model", 404, _error("no such", code="model_not_found"), "MODEL_UNKNOWN"),
    ("openai policy", 400, _error("no", code="content_policy_violation"), "CONTENT_FILTERED"),
    ("openai busy", 503, _error("The engine is currently overloaded"), "OVERLOADED"),
    ("openai failure", 500, _error("The server had an error"), "FAILED"),
    ("deepseek balance", 402, _error("Insufficient Balance", type="unknown_error"), "BALANCE"),
    ("deepseek field", 422, _error("Failed to deserialize the JSON body"), "REFUSED"),
    ("zhipu balance", 429, _error("余额不足或无可用资源包,请充值。", code="1113"), "BALANCE"),
    ("zhipu content", 400, _error("系统检测到不安全", code="1301"), "CONTENT_FILTERED"),
    ("zhipu limit", 429, _error("并发过高", code="1302"), "RATE_LIMITED"),
    ("zhipu busy", 429, _error("当前API请求过多", code="1305"), "OVERLOADED"),
    ("zhipu model", 400, _error("模型不存在", code="1211"), "MODEL_UNKNOWN"),
    ("moonshot quota", 429, _error("q", type="exceeded_current_quota_error"), "BALANCE"),
    ("moonshot busy", 429, _error("busy", type="engine_overloaded_error"), "OVERLOADED"),
    ("moonshot filter", 400, _error("high risk", type="content_filter"), "CONTENT_FILTERED"),
    ("dashscope filter", 400, _error("x", code="data_inspection_failed"), "CONTENT_FILTERED"),
    ("dashscope debts", 400, _error("Access denied", code="Arrearage"), "BALANCE"),
    (
        "azure filter",
        400,
        _error("x", code="y", innererror={"code": "ResponsibleAIPolicyViolation"}),
        "CONTENT_FILTERED",
    ),
    ("azure deployment", 404, _error("none", code="DeploymentNotFound"), "MODEL_UNKNOWN"),
    ("ark debts", 403, _error("overdue", code="AccountOverdueError"), "BALANCE"),
    ("ark filter", 400, _error("x", code="InputTextRiskDetection"), "CONTENT_FILTERED"),
    ("ark forbidden", 403, _error("no access", code="AccessDenied"), "FORBIDDEN"),
    ("siliconflow key", 401, "Invalid token", "KEY_REFUSED"),
    (
        "siliconflow model",
        400,
        {"code": 20012, "message": "no model"},
        "MODEL_UNKNOWN",
    ),
    ("siliconflow balance", 403, {"code": 30001, "message": "balance is insufficient"}, "BALANCE"),
    (
        "gemini key",
        400,
        [{"error": {"code": 400, "message": "x", "details": [{"reason": "API_KEY_INVALID"}]}}],
        "KEY_REFUSED",
    ),
    ("gemini limit", 429, [_error("x", code=429, status="RESOURCE_EXHAUSTED")], "RATE_LIMITED"),
    ("openrouter credits", 402, _error("Insufficient credits", code=402), "BALANCE"),
    ("openrouter moderation", 403, _error("requires moderation", code=403), "CONTENT_FILTERED"),
    ("xai key", 400, {"code": "x", "error": "Incorrect API key provided: xa***"}, "KEY_REFUSED"),
    ("vllm model", 404, _error("The model `x` does not exist.", code=404), "MODEL_UNKNOWN"),
    ("a page", 404, b"<html><h1>404</h1></html>", "REFUSED"),
    ("nothing there", 404, {"detail": "Not Found"}, "REFUSED"),
    ("fastapi", 422, {"detail": [{"loc": ["body"], "msg": "field required"}]}, "REFUSED"),
    ("a gateway", 502, b"<html>Bad Gateway</html>", "FAILED"),
]


@pytest.mark.parametrize(
    ("status", "body", "kind"), [row[1:] for row in REFUSALS], ids=[row[0] for row in REFUSALS]
)
async def test_a_refusal_is_understood(status: int, body: Any, kind: str) -> None:
    error = await _refused(status, body)
    assert error.code.name == f"PROVIDER_{kind}"
    assert error.detail["provider"] == "Testmodels"
    needed = {"FORBIDDEN": "reason", "FAILED": "reason", "REFUSED": "reason"}
    needed |= {"RATE_LIMITED": "seconds", "MODEL_UNKNOWN": "model"}
    assert kind not in needed or error.detail[needed[kind]]
    temporary = ("RATE_LIMITED", "OVERLOADED", "FAILED")
    assert error.retryable == (kind in temporary)


@pytest.mark.parametrize(
    ("status", "body", "numbers"),
    [
        (
            400,
            _error(
                "This model's maximum context length is 8192 tokens. However, you requested 9001 "
                "tokens (9000 in the messages, 1 in the completion)."
            ),
            (9000, 8192),
        ),
        (
            400,
            _error("x", type="exceed_context_size_error", n_prompt_tokens=700, n_ctx=512),
            (700, 512),
        ),
        (400, _error("Range of input length should be [1, 30720]"), (30721, 30720)),
        (
            400,
            _error("Your request exceeded model token limit: 8192 (requested: 9000)"),
            (9000, 8192),
        ),
        (413, b"too large", (6, "?")),
        (400, _error("Prompt exceeds max length", code="1261"), (6, "?")),
    ],
)
async def test_a_prompt_too_long_is_reported_with_its_numbers(
    status: int, body: Any, numbers: tuple[int, int | str]
) -> None:
    error = await _refused(status, body)
    assert error.code is CODE.CONTEXT_EXCEEDED
    assert (error.detail["tokens"], error.detail["limit"]) == numbers


@pytest.mark.parametrize(
    ("param", "option"),
    [("temperature", "temperature"), ("repeat_penalty", "repetition_penalty")],
)
async def test_an_option_that_the_model_refuses_is_named(param: str, option: str) -> None:
    body = _error("Unsupported value", param=param, code="unsupported_value")
    error = await _refused(400, body, temperature=0.7)
    assert error.code is CODE.UNSUPPORTED_OPTION
    assert error.detail == {"model": "m", "option": option}


@pytest.mark.parametrize(
    ("headers", "message", "seconds"),
    [
        ({"retry-after": "7"}, "", 7),
        ({"retry-after": "0.2"}, "", 1),
        ({"retry-after-ms": "2500"}, "", 3),
        ({"retry-after": format_datetime(NOW + timedelta(seconds=90))}, "", 90),
        ({"retry-after": format_datetime(NOW - timedelta(seconds=90))}, "", 1),
        ({"x-ratelimit-reset-requests": "1s", "x-ratelimit-reset-tokens": "6m0s"}, "", 360),
        ({"x-ratelimit-reset": str(int(NOW.timestamp() * 1000) + 5000)}, "", 5),
        ({"x-ratelimit-reset": str(int(NOW.timestamp()) + 5)}, "", 5),
        ({"x-ratelimit-reset-requests": "120ms"}, "", 1),
        ({}, "Rate limit reached. Please try again in 20s.", 20),
        ({}, "please retry after 3 seconds", 3),
        ({"retry-after": "soon"}, "", None),
        ({"retry-after": "1e99"}, "", 86_400),
        ({}, "too many requests", None),
    ],
)
def test_how_long_to_wait_is_read_from_headers_and_words(
    headers: dict[str, str], message: str, seconds: int | None
) -> None:
    assert seconds_to_wait(headers, message, NOW) == seconds


async def test_a_short_wait_is_waited_and_a_long_one_reported() -> None:
    async with upstream(refusal(429, _error("slow down"), {"retry-after": "60"})) as server:
        backend = backend_of(account(server.url))
        with pytest.raises(InferenceError) as raised:
            await received(backend)
        assert raised.value.detail["seconds"] == 60
        assert len(server.calls) == 1
        server.scenario = refusal(429, _error("slow down"), {"retry-after-ms": "10"})
        with pytest.raises(InferenceError):
            await received(backend)
        assert len(server.calls) == 4
        await backend.close()


@pytest.mark.parametrize(
    "generated",
    [
        f"Incorrect API key provided: {KEY}.",
        "Incorrect API key provided: sk-very*****7890. Find yours at https://example.com",
        "Authorization: Bearer abcdef123456 is wrong",
        "token 0123456789abcdef0123456789abcdef.AbCdEf0123 expired",
        "x" * 5000,
        "a\nb\x00\u2028c",
    ],
)
def test_a_quotation_is_short_in_one_line_and_without_a_key(generated: str) -> None:
    shown = quoted(generated, KEY)
    assert len(shown) <= 200
    assert not {"\n", "\x00", "\u2028"} & set(shown)
    for secret in (KEY, "sk-very", "7890", "abcdef123456", "0123456789abcdef"):
        assert secret not in shown
    assert (
        quoted("The model `deepseek-ai/DeepSeek-R1-0528-Qwen3-8B` does not exist").count("*") == 0
    )


async def test_a_key_is_never_quoted() -> None:
    error = await _refused(400, _error(f"your key {KEY} and {KEY[:14]}****"))
    assert KEY[:10] not in json.dumps([error.message, error.detail])


async def test_a_key_with_impossible_characters_is_not_sent() -> None:
    async with upstream(refusal(500, {})) as server:
        for key in ("密钥", "a b", "a\nb"):
            backend = backend_of(account(server.url, key=key))
            with pytest.raises(InferenceError) as raised:
                await received(backend)
            assert raised.value.code is CODE.PROVIDER_KEY_REFUSED
            assert key not in raised.value.message
        assert not server.calls


async def test_an_endless_error_is_read_to_some_length_only() -> None:
    async with upstream(refusal(400, b"x" * (8 << 20))) as server:
        backend = backend_of(account(server.url))
        with pytest.raises(InferenceError) as raised:
            await received(backend)
        assert raised.value.code is CODE.PROVIDER_REFUSED
        await backend.close()


async def _refused(status: int, body: Any, **options: Any) -> InferenceError:
    async with upstream(refusal(status, body)) as server:
        backend = backend_of(account(server.url))
        with pytest.raises(InferenceError) as raised:
            await received(backend, **options)
        await backend.close()
    return raised.value
