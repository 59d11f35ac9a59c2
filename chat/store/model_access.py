"""Which models a member may use, and how many tokens of providers."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import timedelta

from django.utils import timezone

from chat.actor import OWNER, VISITORS, Role
from chat.errors import ChatError, ErrorCode
from chat.models import Member, Run

_DAY = timedelta(days=1)
_LIVE_SECONDS = 60
"""When to try again if live runs use all of the limit: their end is not known."""


@dataclass(frozen=True, slots=True)
class UsualAccess:
    """The default access to models of providers, by role. If the owner is not known, every member
    has a guest's.
    """

    is_owner_known: bool = True
    members: bool = True
    guests: bool = False


@dataclass(frozen=True, slots=True)
class ModelAccess:
    """Whether a member may use owner-only models and models of providers."""

    is_owner: bool
    remote: bool

    def allows(self, *, is_local: bool, owner_only: bool) -> bool:
        """Whether a model with these properties may be used."""
        return (is_local or self.remote) and (self.is_owner or not owner_only)

    def of_owner(self) -> ModelAccess:
        """The access of a user who is an owner by the login of the host project."""
        return replace(self, is_owner=True, remote=True)


def access_of(member: str, usual: UsualAccess) -> ModelAccess:
    """The access by the member's row, else by role. Without a row the role is member."""
    row = Member.objects.filter(pk=member).values_list("role", "remote_models").first()
    role, own = (Role(row[0]), row[1]) if row else (_unlisted(member), None)
    is_owner = role is Role.OWNER and usual.is_owner_known
    return ModelAccess(is_owner, _usual(role, usual) if own is None else own)


def check_remote_tokens(member: str, limit: int, live: int = 0) -> None:
    """Raises `ChatError` with `remote_tokens_used_up` if the member's runs of the last 24 hours
    used `limit` tokens of providers, including the `live` ones of running runs. 0 is no limit.
    """
    if limit and (seconds := _seconds_until_below(member, limit - live)):
        minutes = math.ceil(seconds / 60)
        code = ErrorCode.REMOTE_TOKENS_USED_UP
        raise ChatError(code, limit=limit, minutes=minutes, seconds=seconds)


def _unlisted(member: str) -> Role:
    return {OWNER: Role.OWNER, VISITORS: Role.VISITOR}.get(member, Role.MEMBER)


def _usual(role: Role, usual: UsualAccess) -> bool:
    match role:
        case Role.OWNER:
            return usual.is_owner_known or usual.guests
        case Role.MEMBER:
            return usual.members
        case _:
            return usual.guests


def _seconds_until_below(member: str, limit: int) -> int:
    """0 if fewer were used. The newest runs are summed up until they reach the limit: once the last
    one of them is a day old, the rest is below it.
    """
    if limit <= 0:
        return _LIVE_SECONDS
    now = timezone.now()
    recent = Run.objects.filter(owner=member, created_at__gt=now - _DAY, remote_tokens__gt=0)
    taken = 0
    for began, tokens in recent.order_by("-created_at").values_list("created_at", "remote_tokens"):
        taken += tokens or 0
        if taken >= limit:
            return max(math.ceil((began + _DAY - now).total_seconds()), 1)
    return 0
