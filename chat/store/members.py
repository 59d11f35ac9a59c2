"""Queries of members."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from chat.actor import OWNER, Role
from chat.errors import ChatError, ErrorCode
from chat.models import Device, Member, PairingCode, Run

_COLUMNS = (
    *("id", "name", "colour", "role", "expires_at", "devices_now", "has_password"),
    *("messages_per_minute", "messages_per_day", "runs_at_once", "prompt_tokens"),
    *("remote_models", "remote_tokens_per_day"),
)


@dataclass(frozen=True, slots=True)
class StoredMember:
    """A member, and the number of paired devices. Guests expire at `expires_at`.

    A limit of None is the server's default, 0 is no limit. If `remote_models` is None, the role
    decides whether models of providers may be used.
    """

    id: str
    name: str
    colour: str
    role: Role
    expires_at: datetime | None
    devices: int
    has_password: bool
    messages_per_minute: int | None
    messages_per_day: int | None
    runs_at_once: int | None
    prompt_tokens: int | None
    remote_models: bool | None = None
    remote_tokens_per_day: int | None = None


def ensure_owner() -> None:
    """Create the owner of this computer if there is none."""
    Member.objects.get_or_create(id=OWNER, defaults={"role": Member.Role.OWNER})


def ensure_member(member: str, name: str) -> None:
    """Create a member for a user of the project that the chat is installed in, once.

    Raises `ChatError` with `unpaired` while a member with this id is being removed.
    """
    Member.objects.get_or_create(id=member, defaults={"name": name})
    if not _present().filter(pk=member).exists():
        raise ChatError(ErrorCode.UNPAIRED)


def list_members() -> list[StoredMember]:
    """The owner first, then the oldest first, without expired guests."""
    ensure_owner()
    rows = _counted().order_by("created_at", "id").values_list(*_COLUMNS)
    return sorted((_stored(row) for row in rows), key=lambda member: member.id != OWNER)


def find_member(member: str) -> StoredMember:
    """Raises `ChatError` with `unknown_member`, also for an expired one."""
    return _only(_counted().filter(pk=member))


def find_named(name: str) -> StoredMember:
    """The oldest member with this name. Raises `ChatError` with `unknown_member`."""
    return _only(_counted().filter(name=name).order_by("created_at", "id"))


def add_member(
    name: str, colour: str = "", role: Role = Role.MEMBER, expires_at: datetime | None = None
) -> StoredMember:
    made = Member.objects.create(name=name, colour=colour, role=role, expires_at=expires_at)
    return find_member(made.id)


def change_member(member: str, fields: Mapping[str, Any]) -> StoredMember:
    """Set `name`, `colour`, the encoded `password`, or a limit.

    Raises `ChatError` with `unknown_member`.
    """
    if fields:
        _present().filter(pk=member).update(**fields)
    return find_member(member)


def find_password(name: str) -> tuple[str, str] | None:
    """The id and the encoded password of the oldest member with this name who has a password."""
    named = _present().filter(name=name).exclude(password="")
    return named.order_by("created_at").values_list("id", "password").first()


def expire_member(member: str) -> None:
    """Make the member unknown, and their devices and codes invalid. Their rows are deleted by
    `chat.store.removal`.

    Raises `ChatError`: `unknown_member`, or `not_allowed` for the owner.
    """
    if member == OWNER:
        raise ChatError(ErrorCode.NOT_ALLOWED)
    with transaction.atomic():
        if not _present().filter(pk=member).update(expires_at=timezone.now()):
            raise ChatError(ErrorCode.UNKNOWN_MEMBER)
        Device.objects.filter(member=member).delete()
        PairingCode.objects.filter(member=member).delete()


def unended_runs_of(member: str) -> list[str]:
    """The ids of the member's waiting runs, then running ones: stopped so, none begins."""
    unended = Run.objects.filter(owner=member, status__in=(Run.Status.WAITING, Run.Status.RUNNING))
    return list(unended.order_by("-status").values_list("id", flat=True))


def _present() -> QuerySet[Member]:
    return Member.objects.filter(Q(expires_at=None) | Q(expires_at__gt=timezone.now()))


def _counted() -> QuerySet[Member]:
    paired = Count("devices", filter=Q(devices__revoked_at=None, devices__is_key=False))
    return _present().annotate(devices_now=paired, has_password=~Q(password=""))


def _only(found: QuerySet[Member]) -> StoredMember:
    row = found.values_list(*_COLUMNS).first()
    if row is None:
        raise ChatError(ErrorCode.UNKNOWN_MEMBER)
    return _stored(row)


def _stored(row: tuple[Any, ...]) -> StoredMember:
    key, name, colour, role, *rest = row
    return StoredMember(key, name, colour, Role(role), *rest)
