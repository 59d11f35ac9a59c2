"""The client of one Ollama server: the key that its requests carry."""

from __future__ import annotations

import httpx
import pytest

from inference.errors import InferenceError, InferenceErrorCode
from inference.remote.ollama_client import bearer
from inference.remote.ollama_errors import OllamaTarget

TARGET = OllamaTarget("a", "10.0.0.2:11434")


def _request() -> httpx.Request:
    return httpx.Request("GET", "http://10.0.0.2:11434/api/tags")


def test_each_request_carries_the_key_as_it_is_then() -> None:
    keys = iter(["old", "new ", ""])
    auth = bearer(lambda: next(keys), TARGET)
    sent = [auth(_request()).headers.get("Authorization") for _ in range(3)]
    assert sent == ["Bearer old", "Bearer new", None]


def test_a_key_that_the_server_quotes_is_not_shown() -> None:
    target = OllamaTarget("a", "10.0.0.2:11434", lambda: "short-key")
    failure = target.failure(InferenceErrorCode.PROVIDER_REFUSED, "no such key: short-key")
    assert "short-key" not in f"{failure} {failure.detail} {target!r}"


def test_a_key_that_no_header_can_hold_is_refused() -> None:
    with pytest.raises(InferenceError) as raised:
        bearer(lambda: "密钥", TARGET)(_request())
    assert raised.value.code is InferenceErrorCode.PROVIDER_KEY_REFUSED
