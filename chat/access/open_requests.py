"""Open HTTP requests, which are aborted when the caller's right is revoked."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from chat.access.presence import watches_of
from chat.network.asgi import ABORT, Application, Receive, Scope, Send

_DISCONNECT = {"type": "http.disconnect"}


class OpenRequests:
    """ASGI middleware behind `Authentication`, which puts the caller's `Identity` into the scope.

    Downloads, uploads and long polls end in the same way as sockets. The connection is aborted if
    the server has a function for it in the scope's state; otherwise the response is not finished.
    In both cases the caller can see that it is incomplete.
    """

    def __init__(self, application: Application) -> None:
        self._application = application

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        watches = tuple(watches_of(scope["identity"], scope))
        if not watches:
            await self._application(scope, receive, send)
            return
        request = _OpenRequest(scope, receive, send)
        for presence, who in watches:
            presence.enter(who, request.abort)
        try:
            await self._application(scope, request.receive, request.send)
        finally:
            for presence, who in watches:
                presence.leave(who, request.abort)
            request.close()


class _OpenRequest:
    """One request. When it is aborted, the application receives a disconnect."""

    def __init__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self._receive = receive
        self._send = send
        self._abort: Callable[[], None] | None = scope.get("state", {}).get(ABORT)
        self._is_removal = scope["method"] == "DELETE"
        self._is_body_whole = False
        self._over: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    async def receive(self) -> Any:
        arriving = asyncio.ensure_future(self._receive())
        try:
            await asyncio.wait({arriving, self._over}, return_when=asyncio.FIRST_COMPLETED)
            return _DISCONNECT if self._over.done() else self._noted(arriving.result())
        finally:
            arriving.cancel()

    async def send(self, message: Any) -> None:
        if not self._over.done():
            await self._send(message)

    async def abort(self) -> None:
        """Abort the request; a device that removes itself still gets its response. Idempotent."""
        if self._over.done() or (self._is_removal and self._is_body_whole):
            return
        self.close()
        if self._abort is not None:
            self._abort()

    def close(self) -> None:
        """End it with the response: a proxy may use the connection for another caller."""
        if not self._over.done():
            self._over.set_result(None)

    def _noted(self, message: Any) -> Any:
        self._is_body_whole = not message.get("more_body", False)
        return message
