"""The limits of a member and a device, and how much of them is used."""

from __future__ import annotations

import math
from dataclasses import astuple, dataclass, fields
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from chat.errors import ChatError, ErrorCode
from chat.models import Member, Run

LARGEST = 16_777_216
"""The highest limit; 0 is no limit."""
_MINUTE = timedelta(minutes=1)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of a member. 0 is no limit."""

    messages_per_minute: int = 0
    messages_per_day: int = 0
    runs_at_once: int = 0
    prompt_tokens: int = 0
    remote_tokens_per_day: int = 0


_COLUMNS = tuple(field.name for field in fields(Limits))


def limits_of(member: str, default: Limits) -> Limits:
    """The member's own limits, and the defaults for those that are not set.

    Raises `ChatError` with `unpaired` for a member whose access has ended.
    """
    row = Member.objects.filter(pk=member).values_list("expires_at", *_COLUMNS).first()
    if row is None:
        return default
    expires_at, *own = row
    if expires_at is not None and expires_at <= timezone.now():
        raise ChatError(ErrorCode.UNPAIRED)
    pairs = zip(own, astuple(default), strict=True)
    return Limits(*(usual if mine is None else mine for mine, usual in pairs))


def check_messages(member: str, device: str, limits: Limits, per_device: int) -> None:
    """Raises `ChatError`, `too_many_messages` or `day_used_up`, if one more exceeds a limit."""
    theirs = Run.objects.filter(owner=member)
    for runs, limit in (
        (theirs.filter(device=device), per_device),
        (theirs, limits.messages_per_minute),
    ):
        if seconds := _wait(runs, limit, _MINUTE):
            raise ChatError(ErrorCode.TOO_MANY_MESSAGES, limit=limit, seconds=seconds)
    if seconds := _wait(theirs, limits.messages_per_day, _DAY):
        minutes = math.ceil(seconds / 60)
        limit = limits.messages_per_day
        raise ChatError(ErrorCode.DAY_USED_UP, limit=limit, minutes=minutes, seconds=seconds)


def _wait(runs: QuerySet[Run], limit: int, period: timedelta) -> int:
    """Seconds until fewer than `limit` of the runs began within the last `period`."""
    if not limit:
        return 0
    now = timezone.now()
    recent = runs.filter(created_at__gt=now - period).order_by("-created_at")
    began: datetime | None = recent.values_list("created_at", flat=True)[limit - 1 : limit].first()
    return 0 if began is None else math.ceil((began + period - now).total_seconds())
