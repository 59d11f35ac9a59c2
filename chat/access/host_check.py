"""The check of `Host` and `Origin`, before anything else runs, for HTTP and sockets alike.

A web page that the owner visits can send requests to this server from inside the network. `Host`
reveals a name that was rebound to this computer (`chat.access.known_hosts`), `Origin` a page of
another site (`chat.access.origins`). Authentication comes after that: `chat.access.authentication`
for HTTP, `chat.access.socket_authentication` for sockets.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http.request import split_domain_port, validate_host

from chat.access.announced import announced_names
from chat.access.known_hosts import is_known_host, names_of
from chat.access.origins import OriginKind, canonical, is_token_needed, joined_header, kind_of
from chat.access.own_addresses import own_addresses
from chat.access.paths import path_of, rule_of
from chat.access.peers import is_loopback
from chat.conf import conf
from chat.network.asgi import Application, Receive, Scope, Send, answer_text
from chat.network.host import IPAddress, parse_address, parse_host, unmapped

_REFUSED_TEXT = {
    "host": "未知的主机名：请用电脑的 IP 地址访问，或把这个名称加入 MYLLM_HOSTS。\n"
    "Unknown host: use the computer's IP address, or add the name to MYLLM_HOSTS.\n",
    "origin": "请求来自其他网站，已拒绝。可信的网站请加入 MYLLM_ORIGINS。\n"
    "The request comes from another site. Add trusted sites to MYLLM_ORIGINS.\n",
    "remote": "目前仅本机可用。如需手机访问，请在电脑上用 serve --open 启动。\n"
    "Only this computer has access. For phones, start the server with serve --open.\n",
}


@dataclass(frozen=True, slots=True)
class AccessPolicy:
    """`open` accepts callers from the network, with the same checks of `hosts` and `origins`. `own`
    are this computer's addresses. `tokens`: devices authenticate by tokens. `allowed` are the
    project's `ALLOWED_HOSTS`, if the chat is installed in one.
    """

    open: bool
    hosts: frozenset[str]
    origins: frozenset[str]
    own: frozenset[IPAddress] = frozenset()
    tokens: bool = True
    allowed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Caller:
    """The caller's address and headers. `address` is None for calls inside the process, `server` is
    the local address of the connection, `site` the header `Sec-Fetch-Site`.
    """

    address: str | None
    host: str | None
    origin: str | None
    site: str = ""
    path: str = ""
    server: str | None = None
    is_socket: bool = False


def refusal(caller: Caller, policy: AccessPolicy) -> str | None:
    """Why the caller is refused: `host`, `origin` or `remote`; None if it is not."""
    if caller.address is None:
        return None
    is_known = is_known_host(caller.host, policy.hosts, policy.own | _arrived_at(caller))
    if not is_known and not _is_allowed(caller.host, policy.allowed):
        return "host"
    if not _is_known_origin(caller, policy):
        return "origin"
    if not policy.open and not is_loopback(caller.address):
        return "remote"
    return None


def current_policy() -> AccessPolicy:
    """The policy by the settings and the announced name."""
    return AccessPolicy(
        open=conf().open or conf().pairing or conf().project_users,
        hosts=announced_names() | names_of(tuple(conf().hosts), conf().public_url),
        origins=canonical(tuple(conf().origins)),
        tokens=conf().pairing,
        allowed=tuple(settings.ALLOWED_HOSTS) if conf().project_users else (),
    )


class HostCheck:
    """ASGI middleware that refuses with 403 before the application sees the call."""

    def __init__(self, application: Application) -> None:
        self._application = application

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        reason = await _reason(_caller(scope), current_policy())
        if reason is None:
            await self._application(_with_canonical_host(scope), receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 4403, "reason": reason})
        else:
            await answer_text(send, HTTPStatus.FORBIDDEN, _REFUSED_TEXT[reason])


async def _reason(caller: Caller, policy: AccessPolicy) -> str | None:
    """As `refusal`, reading the network interfaces only for an address that is not known."""
    reason = refusal(caller, policy)
    host = parse_host(caller.host)
    if reason != "host" or host is None or host.address is None:
        return reason
    return refusal(caller, replace(policy, own=await own_addresses.snapshot()))


def _caller(scope: Mapping[str, Any]) -> Caller:
    client, server = scope.get("client"), scope.get("server")
    return Caller(
        address=client[0] if client else None,
        host=joined_header(scope, b"host"),
        origin=joined_header(scope, b"origin"),
        site=joined_header(scope, b"sec-fetch-site") or "",
        path=path_of(scope),
        server=server[0] if server else None,
        is_socket=scope["type"] == "websocket",
    )


def _with_canonical_host(scope: Scope) -> Scope:
    """The scope with a `Host` that Django accepts: without an IPv6 zone or a colon at the end."""
    host = parse_host(joined_header(scope, b"host"))
    if host is None:
        return scope
    headers = [one for one in scope["headers"] if one[0] != b"host"]
    return {**scope, "headers": [(b"host", str(host).encode()), *headers]}


def _is_allowed(host: str | None, allowed: tuple[str, ...]) -> bool:
    """As in Django, but `*` allows no host, as that would allow names rebound to this server."""
    name, _ = split_domain_port(host or "")
    return bool(name) and validate_host(name, [one for one in allowed if one != "*"])


def _arrived_at(caller: Caller) -> frozenset[IPAddress]:
    address = parse_address(caller.server or "")
    return frozenset() if address is None else frozenset({unmapped(address)})


def _is_known_origin(caller: Caller, policy: AccessPolicy) -> bool:
    """A caller that needs a token passes, to present one, if devices have tokens."""
    kind = kind_of(caller.origin, caller.host, policy.origins)
    if kind is OriginKind.FOREIGN:
        return False
    rule = rule_of(caller.path)
    if kind is OriginKind.APP and not (caller.is_socket or rule.for_apps):
        return False
    if policy.tokens or not (caller.is_socket or rule.private):
        return True
    return not is_token_needed(kind, caller.site, is_socket=caller.is_socket)
