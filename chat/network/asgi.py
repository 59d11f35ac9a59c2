"""Types of ASGI, and responses sent by middleware before Django."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Any]]
Send = Callable[[Any], Awaitable[None]]
Application = Callable[[Any, Any, Any], Awaitable[None]]
"""A type that both Django's and Channels' stubs accept; they disagree on ASGI's types."""
Header = tuple[bytes, bytes]
ABORT = "abort_connection"
"""The key in the scope's state of a function that aborts the connection, if the server has one."""


async def answer_text(send: Send, status: int, text: str, headers: Iterable[Header] = ()) -> None:
    kind = (b"content-type", b"text/plain; charset=utf-8")
    await _answer(send, status, [kind, *headers], text)


async def answer_page(send: Send, status: int, html: str, headers: Iterable[Header]) -> None:
    kind = (b"content-type", b"text/html; charset=utf-8")
    await _answer(send, status, [kind, *headers], html)


async def answer_json(
    send: Send, status: int, content: object, headers: Iterable[Header] = ()
) -> None:
    kind = (b"content-type", b"application/json")
    await _answer(send, status, [kind, *headers], json.dumps(content))


async def _answer(send: Send, status: int, headers: list[Header], body: str) -> None:
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body.encode()})
