"""The application's WebSocket routes."""

from __future__ import annotations

from typing import Any

from channels.routing import URLRouter
from django.urls import path, re_path

from chat.network.asgi import Receive, Scope, Send
from chat.socket.consumer import ChatConsumer


async def nowhere(scope: Scope, receive: Receive, send: Send) -> None:
    """No socket lives here. Without this the router raises, which fills the log."""
    await send({"type": "websocket.close"})


_chat: Any = path("ws/chat/", ChatConsumer.as_asgi())  # type: ignore[arg-type]  # Django's `path` serves ASGI applications too; its stubs know views alone
_else: Any = re_path(r"", nowhere)  # type: ignore[arg-type]  # the same
websocket_urlpatterns = [_chat]
"""To be put into a `URLRouter`, as Channels' documentation has it."""


def websocket_router() -> URLRouter:
    """The routes, and an end to sockets of any other path."""
    return URLRouter([*websocket_urlpatterns, _else])
