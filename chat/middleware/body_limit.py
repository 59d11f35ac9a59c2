"""A limit for the body of HTTP requests, applied before Django writes it to a file."""

from __future__ import annotations

from typing import Any

from chat.access.error_answer import answer_error
from chat.access.paths import path_of, rule_of
from chat.conf import conf
from chat.errors import ChatError, ErrorCode
from chat.network.asgi import Application, Receive, Scope, Send


class BodyLimit:
    """ASGI middleware that answers 413, at once if the header has the length."""

    def __init__(self, application: Application) -> None:
        self._application = application

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        setting = rule_of(path_of(scope)).body_limit
        limit: int = getattr(conf(), setting)
        body = _Body(receive, limit)
        if _content_length(scope) > body.left:
            await _refuse(scope, send, setting)
            return
        await self._application(scope, body.receive, send)
        if body.left < 0:
            await _refuse(scope, send, setting)


class _Body:
    """Counts the body; beyond the limit the application receives a disconnect."""

    def __init__(self, receive: Receive, limit: int) -> None:
        self._receive = receive
        self.left = limit

    async def receive(self) -> Any:
        message = await self._receive()
        self.left -= len(message.get("body", b""))
        return message if self.left >= 0 else {"type": "http.disconnect"}


def _content_length(scope: Scope) -> int:
    length: bytes = dict(scope["headers"]).get(b"content-length", b"0")
    return int(length) if length.isdigit() else 0


async def _refuse(scope: Scope, send: Send, setting: str) -> None:
    limit: int = getattr(conf(), setting)
    error = ChatError(ErrorCode.BODY_TOO_LARGE, limit=limit, setting=setting)
    await answer_error(scope, send, error, [(b"connection", b"close")])
