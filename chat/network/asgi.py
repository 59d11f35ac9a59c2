"""The words of ASGI, and an answer given before Django is reached."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Any]]
Send = Callable[[Any], Awaitable[None]]
Application = Callable[[Any, Any, Any], Awaitable[None]]
"""Django's and Channels' stubs disagree on ASGI's types; this is what both accept."""
Header = tuple[bytes, bytes]
ABORT = "abort_connection"
"""Where the scope's state has a function that aborts the connection, of servers that offer it."""


async def answer_text(send: Send, status: int, text: str, headers: Iterable[Header] = ()) -> None:
    kind = (b"content-type", b"text/plain; charset=utf-8")
    await _answer(send, status, [kind, *headers], text)


async def answer_page(send: Send, status: int, html: str, headers: Iterable[Header]) -> None:
    kind = (b"content-type", b"text/html; charset=utf-8")
    await _answer(send, status, [kind, *headers], html)


async def answer_json(
    send: Send, status: int, told: object, headers: Iterable[Header] = ()
) -> None:
    kind = (b"content-type", b"application/json")
    await _answer(send, status, [kind, *headers], json.dumps(told))


async def _answer(send: Send, status: int, headers: list[Header], body: str) -> None:
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body.encode()})
