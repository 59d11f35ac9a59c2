"""Users of the Django project that the chat is installed in, as members."""

from __future__ import annotations

from collections.abc import Collection
from importlib import import_module
from types import SimpleNamespace
from typing import Any, cast

from django.conf import settings
from django.contrib import auth
from django.http import HttpRequest

from chat.access.peers import Scope
from chat.actor import Identity, Role
from chat.conf import conf
from chat.errors import ChatError
from chat.members.tokens import digest
from chat.store import in_database
from chat.store.members import ensure_member
from chat.text.names import clean

_LONGEST = 32
"""Characters of a member's id."""


async def identity_of(user: Any) -> Identity | None:
    """The identity of a user that Channels found by the session cookie; None if not logged in.

    Superusers are owners: they manage members and models, and have conversations of their own.
    """
    if user is None or not user.is_authenticated:
        return None
    member = member_of(user.pk)
    await in_database(ensure_member, member, _name(user))
    role = Role.OWNER if user.is_superuser else Role.MEMBER
    return Identity(member, member, role)


def member_of(key: object) -> str:
    """The member's id for a user's primary key: a number, a text or a UUID."""
    plain = f"user-{key}"
    return plain if len(plain) <= _LONGEST and _is_plain(plain) else digest(plain)[:_LONGEST]


def login_of(scope: Scope) -> str | None:
    """The key of the caller's session; None if the caller was not identified by one."""
    session = scope.get("session") if conf().project_users else None
    key: str | None = None if session is None else session.session_key
    return key


def still_logged_in(sessions: Collection[str]) -> frozenset[str]:
    """Those of the sessions that still name a user who may log in. Blocks."""
    return frozenset(session for session in sessions if _names_a_user(session))


def _names_a_user(session: str) -> bool:
    store = import_module(settings.SESSION_ENGINE).SessionStore(session)
    request = cast(HttpRequest, SimpleNamespace(session=store))
    return auth.get_user(request).is_authenticated


def _is_plain(text: str) -> bool:
    return text.isascii() and text.replace("-", "").replace("_", "").isalnum()


def _name(user: Any) -> str:
    try:
        return clean(user.get_full_name() or user.get_username())
    except ChatError:
        return clean(str(user.pk))
