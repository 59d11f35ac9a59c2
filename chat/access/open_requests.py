"""HTTP requests that are being answered: cut off once their caller is not welcome any more."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from chat.access.presence import watches_of
from chat.network.asgi import ABORT, Application, Receive, Scope, Send

_DISCONNECT = {"type": "http.disconnect"}


class OpenRequests:
    """ASGI middleware behind the one that leaves the caller's `Identity` in the scope.

    Downloads, uploads and long polls end as sockets do. The connection is aborted where the server
    offers that in the scope's state; elsewhere the answer is left without its end. Either way what
    the caller has is visibly incomplete.
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
            presence.enter(who, request.cut_off)
        try:
            await self._application(scope, request.receive, request.send)
        finally:
            for presence, who in watches:
                presence.leave(who, request.cut_off)
            request.close()


class _OpenRequest:
    """The other end seems to have gone once it was cut off."""

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

    async def cut_off(self) -> None:
        """A device may remove itself, and is told that it did. Idempotent."""
        if self._over.done() or (self._is_removal and self._is_body_whole):
            return
        self.close()
        if self._abort is not None:
            self._abort()

    def close(self) -> None:
        """It is answered: its connection may be somebody else's now, as behind a proxy."""
        if not self._over.done():
            self._over.set_result(None)

    def _noted(self, message: Any) -> Any:
        self._is_body_whole = not message.get("more_body", False)
        return message
