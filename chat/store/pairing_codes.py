"""Queries of pairing codes: each pairs one device, before it expires."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from chat.errors import ChatError, ErrorCode
from chat.models import PairingCode
from chat.store.devices import StoredDevice, create_device

_KEPT = timedelta(days=1)


def make_code(code_hash: str, member: str, lifetime: timedelta) -> datetime:
    """Store a code of the member's and return its expiry. Old codes are deleted."""
    now = timezone.now()
    PairingCode.objects.filter(expires_at__lt=now - _KEPT).delete()
    until = now + lifetime
    PairingCode.objects.create(code_hash=code_hash, member_id=member, expires_at=until)
    return until


def use_code(code_hash: str, name: str, token_hash: str) -> StoredDevice:
    """Create the device of the code. Raises `ChatError` with `unknown_code` if it is wrong, expired
    or used: the same, so that guesses reveal nothing, and without a write.
    """
    if not is_usable(code_hash):
        raise ChatError(ErrorCode.UNKNOWN_CODE)
    with transaction.atomic():
        now = timezone.now()
        usable = PairingCode.objects.filter(code_hash=code_hash, used_at=None, expires_at__gt=now)
        if not usable.update(used_at=now):
            raise ChatError(ErrorCode.UNKNOWN_CODE)
        member = PairingCode.objects.values_list("member_id", flat=True).get(pk=code_hash)
        return create_device(member, name, token_hash)


def is_usable(code_hash: str) -> bool:
    """Whether the code can be used now."""
    now = timezone.now()
    return PairingCode.objects.filter(
        code_hash=code_hash, used_at=None, expires_at__gt=now
    ).exists()
