"""ASGI middleware that prepares the application before the first request."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from http import HTTPStatus

from chat.network.asgi import Application, Receive, Scope, Send, answer_text
from chat.terminal.refusal import Refusal

TRY_AGAIN_LATER = 1013
"""The WebSocket close code registered by IANA."""

logger = logging.getLogger(__name__)


class Preparation:
    """The first calls wait for `prepare`, which is called again for each until it succeeds once. If
    it raises a `Refusal`, a start fails with its sentence, and a call is refused.
    """

    def __init__(self, application: Application, prepare: Callable[[], Awaitable[None]]) -> None:
        self._application = application
        self._prepare = prepare
        self._is_ready = False
        self._last_logged = ""
        self._one_at_a_time = asyncio.Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        refusal = None if self._is_ready else await self._get_ready()
        if refusal is None:
            await self._application(scope, receive, send)
        else:
            if scope["type"] != "lifespan":
                self._log(str(refusal))
            await _refuse(scope, receive, send, str(refusal))

    async def _get_ready(self) -> Refusal | None:
        async with self._one_at_a_time:
            if self._is_ready:
                return None
            try:
                await self._prepare()
            except Refusal as refusal:
                return refusal
            self._is_ready = True
        return None

    def _log(self, why: str) -> None:
        """Log a reason once, not for every call."""
        if why != self._last_logged:
            logger.error("%s", why)
        self._last_logged = why


async def _refuse(scope: Scope, receive: Receive, send: Send, why: str) -> None:
    """Refuse a call. The sentence contains file names, so it is only shown in the terminal."""
    match scope["type"]:
        case "lifespan":
            await receive()
            await send({"type": "lifespan.startup.failed", "message": why})
        case "websocket":
            await receive()
            await send({"type": "websocket.close", "code": TRY_AGAIN_LATER})
        case _:
            await answer_text(send, HTTPStatus.SERVICE_UNAVAILABLE, _ELSEWHERE)


_ELSEWHERE = (
    "数据库无法使用，原因见电脑上的终端。\n"
    "The database cannot be used; the terminal on the computer says why.\n"
)
