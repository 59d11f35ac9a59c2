"""The check for use cases of the owner."""

from __future__ import annotations

from chat.actor import Actor
from chat.errors import ChatError, ErrorCode


def require_owner(actor: Actor) -> None:
    """Raises `ChatError` with `not_allowed` unless the actor is the owner."""
    if not actor.is_owner:
        raise ChatError(ErrorCode.NOT_ALLOWED)
