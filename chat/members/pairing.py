"""Pairing: a code that is used once becomes a token by which a device is known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from django.conf import settings

from chat.errors import ChatError, ErrorCode
from chat.members.failure_counts import FailureCounts
from chat.members.tokens import digest, new_code, new_key, new_token, proof
from chat.store import in_database
from chat.store.devices import KnownDevice, StoredDevice, create_device, known_device
from chat.store.households import server_and_token_hash
from chat.store.members import StoredMember, ensure_owner, find_member
from chat.store.pairing_codes import is_usable, make_code, use_code
from chat.text.names import clean

_LONGEST_WAIT = 900.0


@dataclass(frozen=True, slots=True)
class Invitation:
    """A code that was never written down. Whoever has it may come in once."""

    code: str
    member: StoredMember
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Paired:
    """A new device or key with its token, which is told this once and known to nobody else."""

    token: str
    device: StoredDevice
    member: StoredMember


@dataclass(frozen=True, slots=True)
class Introduction:
    """`server` names this one wherever it is reached. By `proof` a device sees that it is the one
    that gave the device its token; it is empty for a device that is not known.
    """

    server: str
    proof: str


async def introduce(device: str, question: str) -> Introduction:
    """Prove to the device, before it shows its token, that this server knows it already."""
    name, known = await in_database(server_and_token_hash, device)
    return Introduction(name, proof(known, f"{name}.{question}") if known else "")


async def invite(member: str) -> Invitation:
    """A fresh code for one more device of the member's. Raises `ChatError`: `unknown_member`."""
    await in_database(ensure_owner)
    found = await in_database(find_member, member)
    code = new_code()
    lifetime = timedelta(minutes=settings.MYLLM_PAIRING_MINUTES)
    return Invitation(code, found, await in_database(make_code, digest(code), member, lifetime))


async def is_open(invitation: Invitation) -> bool:
    """Whether nobody has used the code yet and it has not expired."""
    return await in_database(is_usable, digest(invitation.code))


async def redeem(code: str, name: str, place: str) -> Paired:
    """The code's device, called `name`, for somebody who calls from `place`.

    Raises `ChatError`: `unknown_code`, `bad_field`, `too_many_attempts`.
    """
    name, token = clean(name), new_token()
    try:
        device = await in_database(use_code, digest(code), name, digest(token))
    except ChatError as error:
        if error.code is ErrorCode.UNKNOWN_CODE:
            count_miss(place)
        raise
    return Paired(token, device, await in_database(find_member, device.member))


def count_miss(place: str) -> None:
    """A secret of 128 bits that nobody has was shown from `place`. Raises `ChatError` with
    `too_many_attempts` while the place waits for earlier misses.

    A right one is looked up first and always works: it is never guessed, so that misses cost
    their own sender some time and concern nobody else.
    """
    misses().check(place)
    misses().add(place)


async def issue_key(member: str, name: str) -> Paired:
    """A key for a program of the member's. Raises `ChatError`: `unknown_member`, `bad_field`."""
    return await admit(member, clean(name), is_key=True)


async def recognise(token: str) -> KnownDevice | None:
    """The device of this token; None for a token nobody has, or has no more."""
    return await in_database(known_device, digest(token))


async def admit(member: str, name: str, *, is_key: bool = False) -> Paired:
    """A new device or key of the member's. Raises `ChatError`: `unknown_member`."""
    await in_database(ensure_owner)
    token = new_key() if is_key else new_token()
    found = await in_database(find_member, member)
    made = await in_database(create_device, member, name, digest(token), is_key=is_key)
    return Paired(token, made, found)


@lru_cache(maxsize=1)
def misses() -> FailureCounts:
    """Of this process."""
    return FailureCounts(settings.MYLLM_PAIRING_ATTEMPTS_PER_ADDRESS, _LONGEST_WAIT)
