"""Which models a member may use, and how much of those that providers run."""

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
"""After which to ask again where runs that go on take it all: their end is not known."""


@dataclass(frozen=True, slots=True)
class UsualAccess:
    """Who may use models of providers where their own row does not say. Where it is not known
    who the owner is, everybody is a guest.
    """

    is_owner_known: bool = True
    members: bool = True
    guests: bool = False


@dataclass(frozen=True, slots=True)
class ModelAccess:
    """Whether somebody may use the models that are for the owner alone, and those of providers."""

    is_owner: bool
    remote: bool

    def allows(self, *, is_local: bool, owner_only: bool) -> bool:
        """Whether such a model may be used."""
        return (is_local or self.remote) and (self.is_owner or not owner_only)

    def of_owner(self) -> ModelAccess:
        """The same for somebody whose login says that they are an owner."""
        return replace(self, is_owner=True, remote=True)


def access_of(member: str, usual: UsualAccess) -> ModelAccess:
    """By the member's own row, else by the role. Whoever has no row is a member."""
    row = Member.objects.filter(pk=member).values_list("role", "remote_models").first()
    role, own = (Role(row[0]), row[1]) if row else (_unlisted(member), None)
    is_owner = role is Role.OWNER and usual.is_owner_known
    return ModelAccess(is_owner, _usual(role, usual) if own is None else own)


def check_remote_tokens(member: str, limit: int, live: int = 0) -> None:
    """Raises `ChatError` with `remote_tokens_used_up` where the member's runs of the last 24 hours
    took `limit` tokens of providers, together with the `live` ones of runs that go on. A limit of
    0 is none.
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
    """0 where fewer were taken. The newest runs are added up until they reach the limit: once that
    run is a day old, the rest is below it.
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
