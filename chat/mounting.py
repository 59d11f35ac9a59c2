"""The chat inside another Django project, for that project's users. See docs/embedding.md."""

from __future__ import annotations

import asyncio
from typing import Any

from channels.auth import AuthMiddlewareStack
from channels.routing import ProtocolTypeRouter

from chat.access.authentication import Authentication
from chat.access.host_check import HostCheck
from chat.access.paths import path_of, rule_of
from chat.lifespan import begin, lifespan
from chat.middleware.body_limit import BodyLimit
from chat.network.asgi import Application, Receive, Scope, Send
from chat.ownership.own_data import own_data
from chat.preparation import Preparation
from chat.socket.routing import websocket_router


def embed(django: Application) -> ProtocolTypeRouter:
    """The project's ASGI application: `django` is what its `get_asgi_application` gave.

    Whoever is logged in there is known here by the session's cookie. A page of another site
    sends that cookie along, and is refused by its Origin.
    Where another process owns the data the start fails with the sentence, and without a start the
    chat's own paths answer 503.
    """
    with_users: Any = AuthMiddlewareStack
    routes = {
        "http": HostCheck(with_users(Authentication(BodyLimit(django)))),
        "websocket": HostCheck(with_users(websocket_router())),
        "lifespan": lifespan,
    }
    ours = Preparation(ProtocolTypeRouter(routes), _prepare)
    return ProtocolTypeRouter({"http": _Beside(ours, django), "websocket": ours, "lifespan": ours})


async def _prepare() -> None:
    """The tables are the project's affair: its owner runs `migrate`."""
    await asyncio.to_thread(own_data)
    await begin()


class _Beside:
    """ASGI middleware: the chat's own paths go to `ours`, all others to `theirs`."""

    def __init__(self, ours: Application, theirs: Application) -> None:
        self._ours = ours
        self._theirs = theirs

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        chosen = self._ours if rule_of(path_of(scope)).mounted else self._theirs
        await chosen(scope, receive, send)
