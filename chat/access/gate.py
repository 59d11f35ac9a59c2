"""Who may come in: the outermost gate, for HTTP and WebSocket alike.

A web page that the owner visits can send requests to this server from inside the network.
Its Host betrays a rebound name and its Origin a foreign page, so both are checked before
anything else runs, whether the server is open or not. Who the caller is comes after that:
`chat.access.door` for HTTP, `chat.access.admission` for sockets.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from chat.access.announced import announced_names
from chat.access.peers import is_loopback
from chat.asgi import Application, Receive, Scope, Send, answer_text

_REFUSED_TEXT = {
    "host": "不认识的主机名：请用电脑的 IP 地址访问，或把这个名字加入 MYLLM_HOSTS。\n"
    "Unknown host: use the computer's IP address, or add the name to MYLLM_HOSTS.\n",
    "origin": "请求来自别的网站，已拒绝；可信的网站请加入 MYLLM_ORIGINS。\n"
    "The request comes from another site; trusted sites belong into MYLLM_ORIGINS.\n",
    "remote": "这台服务器现在只供本机使用。要让手机进来，请在电脑上用 serve --open 启动。\n"
    "This server is for its own computer only. To let phones in, start it with serve --open.\n",
}


@dataclass(frozen=True, slots=True)
class AccessPolicy:
    """`open` lets the network knock; it loosens neither `hosts` nor `origins`."""

    open: bool
    hosts: frozenset[str]
    origins: frozenset[str]


@dataclass(frozen=True, slots=True)
class Caller:
    """What a connection says of itself. `address` is None for calls inside the process."""

    address: str | None
    host: str | None
    origin: str | None


def refusal(caller: Caller, policy: AccessPolicy) -> str | None:
    """Why the caller may not come in: `host`, `origin` or `remote`; None lets it in."""
    if caller.address is None:
        return None
    if not _known_host(caller.host, policy.hosts):
        return "host"
    if caller.origin is not None and not _known_origin(caller, policy.origins):
        return "origin"
    if not policy.open and not is_loopback(caller.address):
        return "remote"
    return None


def current_policy() -> AccessPolicy:
    """The policy of Django's settings, and of the name that is announced."""
    return AccessPolicy(
        open=settings.MYLLM_OPEN or settings.MYLLM_PAIRING or settings.MYLLM_PROJECT_USERS,
        hosts=announced_names().union(_configured_hosts()),
        origins=frozenset(settings.MYLLM_ORIGINS),
    )


def _configured_hosts() -> Iterator[str]:
    yield from (name.lower() for name in settings.MYLLM_HOSTS)
    if public := _hostname(settings.MYLLM_PUBLIC_URL):
        yield public


class Gate:
    """ASGI middleware that refuses with 403 before the application sees the call."""

    def __init__(self, application: Application) -> None:
        self._application = application

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        reason = refusal(_caller(scope), current_policy())
        if reason is None:
            await self._application(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 4403, "reason": reason})
        else:
            await answer_text(send, HTTPStatus.FORBIDDEN, _REFUSED_TEXT[reason])


def _caller(scope: Mapping[str, Any]) -> Caller:
    headers = {name: value.decode("latin-1") for name, value in scope.get("headers", ())}
    client = scope.get("client")
    return Caller(client[0] if client else None, headers.get(b"host"), headers.get(b"origin"))


def _known_host(host: str | None, names: frozenset[str]) -> bool:
    name = _hostname(f"//{host}")
    if name is None:
        return False
    if name == "localhost" or name in names:
        return True
    try:
        address = ipaddress.ip_address(name)
    except ValueError:
        return False
    return address.is_private or address.is_loopback or address.is_link_local


def _known_origin(caller: Caller, origins: frozenset[str]) -> bool:
    origin = caller.origin or ""
    scheme, separator, rest = origin.partition("://")
    if separator and scheme in ("http", "https") and rest == caller.host:
        return True
    return origin in origins


def _hostname(url: str) -> str | None:
    try:
        return urlsplit(url).hostname
    except ValueError:
        return None
