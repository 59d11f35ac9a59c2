"""The limit of a request's body, with and without a `Content-Length`."""

from __future__ import annotations

import json
from typing import Any

import pytest
from asgiref.testing import ApplicationCommunicator

from chat.middleware.body_limit import BodyLimit
from chat.network.asgi import Receive, Scope, Send
from tests.overrides import Overrides


async def _echo(scope: Scope, receive: Receive, send: Send) -> None:
    """Answers with the body's length, and like Django not at all after a disconnect."""
    length, more = 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return
        length, more = length + len(message["body"]), message.get("more_body", False)
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": str(length).encode()})


async def _post(path: str, *parts: bytes, has_length: bool = False) -> tuple[int, bytes]:
    headers = [(b"accept-language", b"en")]
    if has_length:
        headers.append((b"content-length", str(sum(map(len, parts))).encode()))
    scope: Any = {"type": "http", "path": path, "headers": headers}
    call: Any = ApplicationCommunicator(BodyLimit(_echo), scope)  # type: ignore[no-untyped-call]
    for number, part in enumerate(parts, 1):
        more = number < len(parts)
        await call.send_input({"type": "http.request", "body": part, "more_body": more})
    start, body = await call.receive_output(), await call.receive_output()
    return start["status"], body["body"]


@pytest.fixture(autouse=True)
def _limits(conf: Overrides) -> None:
    conf.body_bytes, conf.import_bytes = 10, 20


async def test_what_fits_passes_whole() -> None:
    assert await _post("/api/v1/personas", b"12345", b"67890") == (200, b"10")


@pytest.mark.parametrize("has_length", [True, False])
async def test_what_is_longer_is_refused_with_a_sentence(has_length: bool) -> None:
    status, body = await _post("/api/v1/personas", b"12345", b"678901", has_length=has_length)
    assert (status, json.loads(body)["code"]) == (413, "body_too_large")
    assert "body_bytes" in json.loads(body)["message"]


async def test_an_import_may_be_longer() -> None:
    assert await _post("/api/v1/import", b"x" * 20) == (200, b"20")
    assert (await _post("/api/v1/import", b"x" * 21))[0] == 413
