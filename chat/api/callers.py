"""Who calls, from where, and in which language to answer."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import cast

from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest

from chat.access.peers import place_of as place_of_scope
from chat.actor import Identity, Role
from chat.errors import ChatError, ErrorCode

Right = Callable[[HttpRequest], Awaitable[Identity]]


def identity_of(request: HttpRequest) -> Identity:
    """Who was let in. Raises `ChatError` with `unpaired` for a stranger."""
    found: Identity | None = cast(ASGIRequest, request).scope["identity"]
    if found is None:
        raise ChatError(ErrorCode.UNPAIRED)
    return found


def owner_of(request: HttpRequest) -> str:
    """Whose things are asked for."""
    return identity_of(request).owner


def place_of(request: HttpRequest) -> str:
    """What limits of attempts count."""
    return place_of_scope(cast(ASGIRequest, request).scope)


def locale_of(request: HttpRequest) -> str:
    """The language preferred, as the browser says it."""
    return request.headers.get("Accept-Language", "")


def right_of(*roles: Role, keys: bool = False) -> Right:
    """A route's right: for callers of these roles, and with `keys` for programs of theirs too.
    Others get `not_allowed`, strangers `unpaired`.
    """

    async def check(request: HttpRequest) -> Identity:
        identity = identity_of(request)
        if identity.role not in roles or (identity.is_key and not keys):
            raise ChatError(ErrorCode.NOT_ALLOWED)
        return identity

    return check


using = right_of(*Role, keys=True)
# A key lies in files and scripts. Whoever finds it must not be able to let themselves in for good
# before it is revoked, nor to send the owner away.
with_devices = right_of(Role.OWNER, Role.MEMBER, Role.GUEST)
inviting = right_of(Role.OWNER, Role.MEMBER)
owning = right_of(Role.OWNER)
