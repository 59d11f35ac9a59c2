"""A bound on what one HTTP request may send, before Django writes all of it to a file."""

from __future__ import annotations

from typing import Any

from chat.access.peers import header_of
from chat.conf import conf
from chat.errors import Detail, ErrorCode
from chat.errors.sentences import told
from chat.errors.statuses import status_of
from chat.network.asgi import Application, Receive, Scope, Send, answer_json

IMPORT_PATH = "/api/v1/import"


class BodyLimit:
    """ASGI middleware that answers 413, at once where the length is told beforehand."""

    def __init__(self, application: Application) -> None:
        self._application = application

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        setting = "import_bytes" if scope["path"] == IMPORT_PATH else "body_bytes"
        limit: int = getattr(conf(), setting)
        body = _Body(receive, limit)
        if _told_length(scope) > body.left:
            await _refuse(scope, send, setting)
            return
        await self._application(scope, body.receive, send)
        if body.left < 0:
            await _refuse(scope, send, setting)


class _Body:
    """What arrives, counted; past the limit the caller seems to have gone."""

    def __init__(self, receive: Receive, limit: int) -> None:
        self._receive = receive
        self.left = limit

    async def receive(self) -> Any:
        message = await self._receive()
        self.left -= len(message.get("body", b""))
        return message if self.left >= 0 else {"type": "http.disconnect"}


def _told_length(scope: Scope) -> int:
    told: bytes = dict(scope["headers"]).get(b"content-length", b"0")
    return int(told) if told.isdigit() else 0


async def _refuse(scope: Scope, send: Send, setting: str) -> None:
    locale = header_of(scope, b"accept-language")
    detail: Detail = {"limit": getattr(conf(), setting), "setting": setting}
    body = told(ErrorCode.BODY_TOO_LARGE, detail, locale)
    headers = [(b"connection", b"close"), (b"cache-control", b"no-store")]
    await answer_json(send, status_of(ErrorCode.BODY_TOO_LARGE), body, headers)
