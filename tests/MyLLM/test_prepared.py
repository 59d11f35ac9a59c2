"""What comes first waits for the database; where that cannot be used, it is told."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from chat.management.terminal.refusal import Refusal
from MyLLM import prepared
from MyLLM.prepared import Prepared

HTTP = {"type": "http", "method": "GET", "path": "/"}


async def answered(scope: Any, receive: Any, send: Any) -> None:
    await send({"type": "answered"})


async def told(application: Prepared, scope: dict[str, str]) -> list[dict[str, Any]]:
    """What it sends in answer to one call."""
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, str]:
        return {"type": f"{scope['type']}.startup"}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    await application(scope, receive, send)
    return sent


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Reasons why it cannot be prepared, each for one try; none once the list is empty."""
    reasons: list[str] = []

    async def prepare() -> None:
        await asyncio.sleep(0)
        if reasons:
            raise Refusal(reasons.pop())

    monkeypatch.setattr(prepared, "prepare", prepare)
    return reasons


async def test_calls_that_come_at_once_prepare_once(monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[str] = []

    async def prepare() -> None:
        begun.append("one")
        await asyncio.sleep(0)

    monkeypatch.setattr(prepared, "prepare", prepare)
    application = Prepared(answered)
    answers = await asyncio.gather(*(told(application, HTTP) for _ in range(5)))
    assert answers == [[{"type": "answered"}]] * 5
    assert begun == ["one"]


async def test_a_start_fails_with_the_sentence(failing: list[str]) -> None:
    failing.append("the disk is full")
    (message,) = await told(Prepared(answered), {"type": "lifespan"})
    assert message == {"type": "lifespan.startup.failed", "message": "the disk is full"}


async def test_a_call_is_answered_without_naming_files_and_the_next_tries_again(
    failing: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    failing.append("/home/me is full")
    application = Prepared(answered)
    begin, body = await told(application, HTTP)
    assert begin["status"] == 503
    assert b"/home/me" not in body["body"]
    assert "/home/me is full" in caplog.text
    assert await told(application, HTTP) == [{"type": "answered"}]


async def test_a_socket_is_closed_to_try_again_later(failing: list[str]) -> None:
    failing.append("no")
    closed = await told(Prepared(answered), {"type": "websocket", "path": "/ws/chat/"})
    assert closed == [{"type": "websocket.close", "code": 1013}]
