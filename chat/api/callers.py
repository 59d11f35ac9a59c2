"""The caller of a request: identity, address, rights, language."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import cast

from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest

from chat.access import peers
from chat.actor import Actor, Identity, Role, actor_of
from chat.errors import ChatError, ErrorCode

Right = Callable[[HttpRequest], Awaitable[Identity]]


def identity_of(request: HttpRequest) -> Identity:
    """The authenticated caller. Raises `ChatError` with `unpaired` if there is none."""
    found: Identity | None = cast(ASGIRequest, request).scope["identity"]
    if found is None:
        raise ChatError(ErrorCode.UNPAIRED)
    return found


def actor_of_request(request: HttpRequest) -> Actor:
    """The caller as the actor of use cases. Raises `ChatError`: `unpaired` if there is none."""
    return actor_of(identity_of(request))


def rate_limit_key(request: HttpRequest) -> str:
    """The key by which rate limits count the caller."""
    return peers.rate_limit_key(cast(ASGIRequest, request).scope)


def locale_of(request: HttpRequest) -> str:
    """The preferred languages, as in `Accept-Language`."""
    return request.headers.get("Accept-Language", "")


def right_of(*roles: Role, keys: bool = False) -> Right:
    """A route's permission for callers with these roles, and with `keys` for their API keys, too.
    Others get `not_allowed`, unauthenticated callers `unpaired`.
    """

    async def check(request: HttpRequest) -> Identity:
        identity = identity_of(request)
        if identity.role not in roles or (identity.is_key and not keys):
            raise ChatError(ErrorCode.NOT_ALLOWED)
        return identity

    return check


using = right_of(*Role, keys=True)
# API keys are stored in files and scripts. A stolen one must not be able to pair further devices
# or to revoke the owner's.
with_devices = right_of(Role.OWNER, Role.MEMBER, Role.GUEST)
inviting = right_of(Role.OWNER, Role.MEMBER)
owning = right_of(Role.OWNER)
