"""The first calls wait for the preparation; they are refused if it fails."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from chat.preparation import Preparation
from chat.terminal.refusal import Refusal

HTTP = {"type": "http", "method": "GET", "path": "/"}


async def answered(scope: Any, receive: Any, send: Any) -> None:
    await send({"type": "answered"})


async def sent_by(application: Preparation, scope: dict[str, str]) -> list[dict[str, Any]]:
    """The messages that it sends for one call."""
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, str]:
        return {"type": f"{scope['type']}.startup"}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    await application(scope, receive, send)
    return sent


def failing(*reasons: str) -> Callable[[], Awaitable[None]]:
    """A preparation that raises each of these in turn, then succeeds."""
    left = list(reasons)

    async def prepare() -> None:
        await asyncio.sleep(0)
        if left:
            raise Refusal(left.pop())

    return prepare


async def test_calls_that_come_at_once_prepare_once() -> None:
    begun: list[str] = []

    async def prepare() -> None:
        begun.append("one")
        await asyncio.sleep(0)

    application = Preparation(answered, prepare)
    answers = await asyncio.gather(*(sent_by(application, HTTP) for _ in range(5)))
    assert answers == [[{"type": "answered"}]] * 5
    assert begun == ["one"]


async def test_a_start_fails_with_the_sentence() -> None:
    application = Preparation(answered, failing("the disk is full"))
    (message,) = await sent_by(application, {"type": "lifespan"})
    assert message == {"type": "lifespan.startup.failed", "message": "the disk is full"}


async def test_a_call_is_answered_without_naming_files_and_the_next_tries_again(
    caplog: pytest.LogCaptureFixture,
) -> None:
    application = Preparation(answered, failing("/home/me is full"))
    begin, body = await sent_by(application, HTTP)
    assert begin["status"] == 503
    assert b"/home/me" not in body["body"]
    assert "/home/me is full" in caplog.text
    assert await sent_by(application, HTTP) == [{"type": "answered"}]


async def test_a_socket_is_closed_to_try_again_later() -> None:
    application = Preparation(answered, failing("no"))
    closed = await sent_by(application, {"type": "websocket", "path": "/ws/chat/"})
    assert closed == [{"type": "websocket.close", "code": 1013}]
