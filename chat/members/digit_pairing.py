"""Pairing without a camera: a screen shows six digits, a member types them on a paired device, and
the screen confirms whose device it becomes.

The digits are never listed, so that a member must see the screen to type them. The screen's
user confirms whose device it becomes, so that nobody takes over a neighbour's screen.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from chat.actor import OWNER, Identity, Role
from chat.conf import conf
from chat.errors import ChatError, ErrorCode
from chat.members.pairing import Paired, admit, count_miss
from chat.members.pairing_requests import PairingRequest, PairingRequests
from chat.members.rate_limit import Attempts
from chat.store import in_database
from chat.store.devices import still_valid
from chat.store.members import ensure_owner, find_member
from chat.text.names import clean


@dataclass(frozen=True, slots=True)
class Approver:
    """The member whose device the screen becomes. The owner may have no name."""

    name: str
    role: Role


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a pairing request is; `member` is there once it is approved."""

    approved: bool = False
    member: Approver | None = None


def request_pairing(name: str, address: str) -> tuple[str, PairingRequest]:
    """For a screen that cannot scan: a secret to claim with, and the digits to show.

    Raises `ChatError`: `bad_field`, `too_many_attempts`.
    """
    return pairing_requests().open(clean(name), address)


async def approve(actor: Identity, digits: str, address: str) -> PairingRequest:
    """The screen with these digits may become a device of the actor's, once it confirms.

    Digits can be guessed: wrong ones count against the member and the member's address. Raises
    `ChatError`: `unknown_request`, `too_many_attempts`.
    """
    attempt = digit_attempts().take(address, actor.owner)
    if actor.owner == OWNER:
        await in_database(ensure_owner)
    member = await in_database(find_member, actor.owner)
    device = actor.device if actor.is_paired else None
    approved = pairing_requests().approve(digits, member, device)
    digit_attempts().succeed(attempt)
    return approved


async def claim(secret: str, address: str, *, confirm: bool | None) -> Paired | Progress:
    """The device of a screen that confirms an approved request; without `confirm` how far it is.

    `confirm` is None for a client of an earlier version, which cannot show whose device it
    becomes and gets none. An approval ends with the device it was given on. Raises `ChatError`:
    `unknown_request`, `too_many_attempts`, `confirmation_needed`.
    """
    found = _find(secret, address)
    if found.member is None:
        return Progress()
    if found.device and not await in_database(still_valid, [found.device]):
        pairing_requests().end(secret)
        raise ChatError(ErrorCode.UNKNOWN_REQUEST)
    if confirm is None:
        raise ChatError(ErrorCode.CONFIRMATION_NEEDED)
    if not confirm:
        return Progress(approved=True, member=Approver(found.member.name, found.member.role))
    pairing_requests().end(secret)
    return await admit(found.member.id, found.name)


def decline(secret: str, address: str) -> None:
    """The screen cancels its request, or declines the approval.

    Raises `ChatError`: `unknown_request`, `too_many_attempts`.
    """
    _find(secret, address)
    pairing_requests().end(secret)


def _find(secret: str, address: str) -> PairingRequest:
    try:
        return pairing_requests().find(secret)
    except ChatError:
        count_miss(address)
        raise


@lru_cache(maxsize=1)
def pairing_requests() -> PairingRequests:
    """Those of this process."""
    return PairingRequests(60 * conf().pairing_minutes)


@lru_cache(maxsize=1)
def digit_attempts() -> Attempts:
    """The rate limit for digits, in this process."""
    return Attempts(conf().pairing_attempts_per_address, conf().pairing_attempts)
