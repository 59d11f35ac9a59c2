"""Queries of paired devices and API keys, which are found by the digest of their token."""

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
"""How often it is written: otherwise each request would be a write."""
_COLUMNS = ("id", "name", "member_id", "created_at", "last_seen", "is_key")


@dataclass(frozen=True, slots=True)
class StoredDevice:
    """A paired device or an API key."""

    id: str
    name: str
    member: str
    created_at: datetime
    last_seen: datetime | None
    is_key: bool = False


@dataclass(frozen=True, slots=True)
class KnownDevice:
    """The device of a token. If `is_over`, its guest's access has ended."""

    id: str
    member: str
    role: Role
    is_over: bool
    is_key: bool


def create_device(member: str, name: str, token_hash: str, *, is_key: bool = False) -> StoredDevice:
    """Create a device, which counts as seen now, or an API key, which was never used."""
    made = Device.objects.create(
        member_id=member,
        name=name,
        token_hash=token_hash,
        last_seen=None if is_key else timezone.now(),
        is_key=is_key,
    )
    return StoredDevice(made.id, made.name, member, made.created_at, made.last_seen, is_key)


def known_device(token_hash: str) -> KnownDevice | None:
    """The device of this token, None if it was revoked. It counts as seen now."""
    row = Device.objects.select_related("member").filter(token_hash=token_hash).first()
    if row is None or row.revoked_at is not None:
        return None
    now = timezone.now()
    over = row.member.expires_at is not None and row.member.expires_at <= now
    if not over:
        mark_seen([row.id])
    return KnownDevice(row.id, row.member_id, Role(row.member.role), over, row.is_key)


def list_devices(member: str | None) -> list[StoredDevice]:
    """The paired devices of the member, or of all; the one seen last first."""
    rows = _of(member).order_by("-last_seen", "-created_at", "id").values_list(*_COLUMNS)
    return [StoredDevice(*row) for row in rows]


def rename_device(device: str, name: str, member: str | None) -> StoredDevice:
    """Set the name. Raises `ChatError` with `unknown_device`, also for other members' devices."""
    if not _of(member).filter(pk=device).update(name=name):
        raise ChatError(ErrorCode.UNKNOWN_DEVICE)
    return StoredDevice(*_of(member).filter(pk=device).values_list(*_COLUMNS).get())


def revoke_device(device: str, member: str | None) -> None:
    """Make its token invalid. Raises `ChatError` with `unknown_device`."""
    if not _of(member).filter(pk=device).update(revoked_at=timezone.now()):
        raise ChatError(ErrorCode.UNKNOWN_DEVICE)


def still_valid(devices: Collection[str]) -> set[str]:
    """Those of the devices that are neither revoked nor a guest's whose access has ended."""
    now = timezone.now()
    staying = Q(member__expires_at=None) | Q(member__expires_at__gt=now)
    rows = _of(None).filter(staying, pk__in=devices)
    return set(rows.values_list("id", flat=True))


def mark_seen(devices: Collection[str]) -> None:
    """Save that they are in use now, at most once a minute each."""
    now = timezone.now()
    late = Q(last_seen=None) | Q(last_seen__lt=now - _SEEN_EVERY)
    Device.objects.filter(late, pk__in=devices).update(last_seen=now)


def _of(member: str | None) -> QuerySet[Device]:
    paired = Device.objects.filter(revoked_at=None)
    return paired if member is None else paired.filter(member=member)
