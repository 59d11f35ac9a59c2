"""The ASGI application of another project with the chat in it."""

from __future__ import annotations

import asyncio
from functools import cached_property
from typing import Any

from channels.auth import AuthMiddlewareStack
from channels.routing import ProtocolTypeRouter
from django.urls import reverse

from chat.access.authentication import Authentication
from chat.access.host_check import HostCheck
from chat.access.paths import MOUNTED_AT, path_of, rule_of
from chat.lifespan import begin, lifespan
from chat.middleware.body_limit import BodyLimit
from chat.network.asgi import Application, Receive, Scope, Send
from chat.ownership.own_data import own_data
from chat.preparation import Preparation
from chat.socket.routing import websocket_router


def mounted(django: Application) -> ProtocolTypeRouter:
    """See `chat.mounting.mount`."""
    with_users: Any = AuthMiddlewareStack
    routes = {
        "http": HostCheck(with_users(Authentication(BodyLimit(django)))),
        "websocket": HostCheck(with_users(websocket_router())),
        "lifespan": lifespan,
    }
    chat = Preparation(ProtocolTypeRouter(routes), _prepare)
    return ProtocolTypeRouter({"http": _ByPath(chat, django), "websocket": chat, "lifespan": chat})


async def _prepare() -> None:
    """The tables are made by the project's `migrate`."""
    await asyncio.to_thread(own_data)
    await begin()


class _ByPath:
    """ASGI middleware: paths below that of `chat.urls` go to `chat`, all others to `project`."""

    def __init__(self, chat: Application, project: Application) -> None:
        self._chat = chat
        self._project = project

    @cached_property
    def _folder(self) -> str:
        """The path that includes `chat.urls`. Raises `NoReverseMatch` if they are not included."""
        return reverse("chat-page")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._is_chat(path_of(scope)):
            mounted = {**scope, MOUNTED_AT: self._folder.rstrip("/")}
            await self._chat(mounted, receive, send)
        else:
            await self._project(scope, receive, send)

    def _is_chat(self, path: str) -> bool:
        """Whether the chat answers the path; at the root of the site only its API."""
        if self._folder == "/":
            return rule_of(path).mounted
        return path.startswith(self._folder)
