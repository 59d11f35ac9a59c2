"""Signing in at the admin site: as limited as every password, and hashed in the same queue."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import User
from django.db import DatabaseError, connections
from django.http import HttpRequest

from chat.errors import ChatError, ErrorCode
from chat.members.hashing import hashing
from chat.members.sign_in import attempts
from chat.text.storable import storable


@dataclass(frozen=True, slots=True)
class CheckedPassword:
    """What came of a name and a password; `user` is None where they do not belong together."""

    user: User | None


async def check_password(username: str, password: str, place: str) -> CheckedPassword:
    """Whose name and password these are, for a login from `place`. Raises `ChatError`:
    `too_many_attempts`, `overloaded`, `storage_failed`.
    """
    name = _as_kept(username)
    attempt = attempts().take(place, f"admin {name}")
    try:
        user = await hashing().run(_authenticate, name, password)
    except (ChatError, DatabaseError) as error:
        attempts().withdraw(attempt)
        if isinstance(error, ChatError):
            raise
        raise ChatError(ErrorCode.STORAGE_FAILED) from error
    if user is not None:
        attempts().succeed(attempt)
    return CheckedPassword(user)


class CheckedLogin(ModelBackend):
    """Django's accounts; a login page takes what `check_password` found before its view ran, in
    `request.checked_password`, and hashes nothing a second time.
    """

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **kwargs: Any,
    ) -> User | None:
        checked: CheckedPassword | None = getattr(request, "checked_password", None)
        if checked is not None:
            return checked.user
        return super().authenticate(request, username, password, **kwargs)


def _as_kept(username: str) -> str:
    """As Django's own login form reads it; of what no database takes, it becomes something else."""
    return User.normalize_username(storable(username).strip())


def _authenticate(username: str, password: str) -> User | None:
    try:
        return ModelBackend().authenticate(None, username, password)
    finally:
        connections.close_all()  # this thread's own
