"""Pairing without a camera: a screen shows six digits, a member types them on a paired device, and
the screen confirms whose device it becomes.

The digits are never listed, so that somebody has to stand in front of the screen to type them; and
the screen's user sees whose it becomes before anything is given out, so that nobody makes a
neighbour's screen their own by typing its digits.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings

from chat.actor import OWNER, Identity, Role
from chat.errors import ChatError, ErrorCode
from chat.members.pairing import Paired, admit, count_miss
from chat.members.pairing_requests import Knock, Knocks
from chat.members.rate_limit import Attempts
from chat.store import in_database
from chat.store.devices import still_welcome
from chat.store.members import ensure_owner, find_member
from chat.text.names import clean


@dataclass(frozen=True, slots=True)
class Approver:
    """Whose device the screen becomes. The owner may have no name."""

    name: str
    role: Role


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a pairing request is; `member` is there once it is approved."""

    approved: bool = False
    member: Approver | None = None


def request_pairing(name: str, place: str) -> tuple[str, Knock]:
    """For a screen that cannot scan: a secret to claim with, and the digits to show.

    Raises `ChatError`: `bad_field`, `too_many_attempts`.
    """
    return knocks().open(clean(name), place)


async def approve(digits: str, approver: Identity, place: str) -> Knock:
    """The screen with these digits may become a device of the approver's, once it confirms.

    Digits can be guessed: wrong ones count against the member and the member's address. Raises
    `ChatError`: `unknown_request`, `too_many_attempts`.
    """
    attempt = entries().take(place, approver.owner)
    if approver.owner == OWNER:
        await in_database(ensure_owner)
    member = await in_database(find_member, approver.owner)
    device = approver.device if approver.is_paired else None
    approved = knocks().approve(digits, member, device)
    entries().succeed(attempt)
    return approved


async def claim(request: str, place: str, *, confirm: bool | None) -> Paired | Progress:
    """The device of a screen that confirms an approved request; without `confirm` how far it is.

    `confirm` is None for a client of an earlier version, which cannot show whose device it
    becomes and gets none. An approval ends with the device it was given on. Raises `ChatError`:
    `unknown_request`, `too_many_attempts`, `confirmation_needed`.
    """
    found = _find(request, place)
    if found.member is None:
        return Progress()
    if found.device and not await in_database(still_welcome, [found.device]):
        knocks().end(request)
        raise ChatError(ErrorCode.UNKNOWN_REQUEST)
    if confirm is None:
        raise ChatError(ErrorCode.CONFIRMATION_NEEDED)
    if not confirm:
        return Progress(approved=True, member=Approver(found.member.name, found.member.role))
    knocks().end(request)
    return await admit(found.member.id, found.name)


def decline(request: str, place: str) -> None:
    """The screen wants no device made of it: before it was approved, or after.

    Raises `ChatError`: `unknown_request`, `too_many_attempts`.
    """
    _find(request, place)
    knocks().end(request)


def _find(request: str, place: str) -> Knock:
    try:
        return knocks().find(request)
    except ChatError:
        count_miss(place)
        raise


@lru_cache(maxsize=1)
def knocks() -> Knocks:
    """Of this process."""
    return Knocks(60 * settings.MYLLM_PAIRING_MINUTES)


@lru_cache(maxsize=1)
def entries() -> Attempts:
    """Digits typed in this process."""
    return Attempts(settings.MYLLM_PAIRING_ATTEMPTS_PER_ADDRESS, settings.MYLLM_PAIRING_ATTEMPTS)
