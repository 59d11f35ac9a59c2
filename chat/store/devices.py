"""Paired devices, and keys for programs: known by their token's digest, seen, renamed, revoked."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from chat.actor import Role
from chat.errors import ChatError, ErrorCode
from chat.models import Device

_SEEN_EVERY = timedelta(minutes=1)
"""Writing it with every call would make every read a write."""
_COLUMNS = ("id", "name", "member_id", "created_at", "last_seen", "is_key")


@dataclass(frozen=True, slots=True)
class StoredDevice:
    """A device that may come in, or a program with a key."""

    id: str
    name: str
    member: str
    created_at: datetime
    last_seen: datetime | None
    is_key: bool = False


@dataclass(frozen=True, slots=True)
class KnownDevice:
    """The device behind a token. With `is_over` its guest's day is, and nobody comes in."""

    id: str
    member: str
    role: Role
    is_over: bool
    is_key: bool


def create_device(member: str, name: str, token_hash: str, *, is_key: bool = False) -> StoredDevice:
    """A device is here as it is made; by a new key nobody has come in yet."""
    made = Device.objects.create(
        member_id=member,
        name=name,
        token_hash=token_hash,
        last_seen=None if is_key else timezone.now(),
        is_key=is_key,
    )
    return StoredDevice(made.id, made.name, member, made.created_at, made.last_seen, is_key)


def known_device(token_hash: str) -> KnownDevice | None:
    """The device of this token unless it was revoked; seen now, as far as that is written."""
    row = Device.objects.select_related("member").filter(token_hash=token_hash).first()
    if row is None or row.revoked_at is not None:
        return None
    now = timezone.now()
    over = row.member.expires_at is not None and row.member.expires_at <= now
    if not over:
        saw([row.id])
    return KnownDevice(row.id, row.member_id, Role(row.member.role), over, row.is_key)


def list_devices(member: str | None) -> list[StoredDevice]:
    """The member's paired devices, or everybody's; the one seen last first."""
    rows = _of(member).order_by("-last_seen", "-created_at", "id").values_list(*_COLUMNS)
    return [StoredDevice(*row) for row in rows]


def rename_device(device: str, name: str, member: str | None) -> StoredDevice:
    """Raises `ChatError` with `unknown_device` for one that is not the member's."""
    if not _of(member).filter(pk=device).update(name=name):
        raise ChatError(ErrorCode.UNKNOWN_DEVICE)
    return StoredDevice(*_of(member).filter(pk=device).values_list(*_COLUMNS).get())


def revoke_device(device: str, member: str | None) -> None:
    """Its token lets nobody in any more. Raises `ChatError` with `unknown_device`."""
    if not _of(member).filter(pk=device).update(revoked_at=timezone.now()):
        raise ChatError(ErrorCode.UNKNOWN_DEVICE)


def still_valid(devices: Collection[str]) -> set[str]:
    """Those of the devices that may be here: neither revoked, nor a guest's whose day is over."""
    now = timezone.now()
    staying = Q(member__expires_at=None) | Q(member__expires_at__gt=now)
    rows = _of(None).filter(staying, pk__in=devices)
    return set(rows.values_list("id", flat=True))


def saw(devices: Collection[str]) -> None:
    """They are in use now; written once a minute at most."""
    now = timezone.now()
    late = Q(last_seen=None) | Q(last_seen__lt=now - _SEEN_EVERY)
    Device.objects.filter(late, pk__in=devices).update(last_seen=now)


def _of(member: str | None) -> QuerySet[Device]:
    paired = Device.objects.filter(revoked_at=None)
    return paired if member is None else paired.filter(member=member)
