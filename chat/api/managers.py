"""Permissions to read and change the list of models."""

from __future__ import annotations

from typing import cast

from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest

from chat.access.identification import may_administer
from chat.actor import Actor, Identity, Role
from chat.api.callers import identity_of
from chat.conf import conf
from chat.errors import ChatError, ErrorCode


async def managing(request: HttpRequest) -> Identity:
    """The permission of the owner and, without pairing, of callers on this computer."""
    return _manager(request, keys=False)


async def reviewing(request: HttpRequest) -> Identity:
    """As `managing`, for routes that only read: the owner's API keys are allowed, too."""
    return _manager(request, keys=True)


def catalog_actor(request: HttpRequest) -> Actor:
    """The caller as the actor of the use cases of models."""
    identity = identity_of(request)
    return Actor(identity.owner, identity.device, _is_manager(request, identity))


def _manager(request: HttpRequest, *, keys: bool) -> Identity:
    identity = identity_of(request)
    if not _is_manager(request, identity) or (identity.is_key and not keys):
        raise ChatError(ErrorCode.NOT_ALLOWED)
    return identity


def _is_manager(request: HttpRequest, identity: Identity) -> bool:
    if identity.role is Role.OWNER:
        return True
    return not conf().pairing and may_administer(cast(ASGIRequest, request).scope, identity)
