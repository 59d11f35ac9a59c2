"""Pairing: a one-time code is exchanged for a token that authenticates a device."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from chat.conf import conf
from chat.errors import ChatError, ErrorCode
from chat.members.failure_counts import FailureCounts
from chat.members.tokens import digest, new_code, new_key, new_token, proof
from chat.store import in_database
from chat.store.devices import KnownDevice, StoredDevice, create_device, known_device
from chat.store.members import StoredMember, ensure_owner, find_member
from chat.store.pairing_codes import is_usable, make_code, use_code
from chat.store.server import server_and_token_hash
from chat.text.names import clean

_LONGEST_WAIT = 900.0


@dataclass(frozen=True, slots=True)
class Invitation:
    """A code that pairs one device. The code itself is stored nowhere."""

    code: str
    member: StoredMember
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Paired:
    """A new device or API key with its token, which is shown only once and stored nowhere."""

    token: str
    device: StoredDevice
    member: StoredMember


@dataclass(frozen=True, slots=True)
class Introduction:
    """`server` identifies this server at every address. `proof` shows a device that this server
    issued its token; it is empty for an unknown device.
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
    lifetime = timedelta(minutes=conf().pairing_minutes)
    return Invitation(code, found, await in_database(make_code, digest(code), member, lifetime))


async def is_open(invitation: Invitation) -> bool:
    """Whether nobody has used the code yet and it has not expired."""
    return await in_database(is_usable, digest(invitation.code))


async def redeem(code: str, name: str, address: str) -> Paired:
    """A new device with this `name`, paired by the code from `address`.

    Raises `ChatError`: `unknown_code`, `bad_field`, `too_many_attempts`.
    """
    name, token = clean(name), new_token()
    try:
        device = await in_database(use_code, digest(code), name, digest(token))
    except ChatError as error:
        if error.code is ErrorCode.UNKNOWN_CODE:
            count_miss(address)
        raise
    return Paired(token, device, await in_database(find_member, device.member))


def count_miss(address: str) -> None:
    """Count an unknown secret of 128 bits sent from `address`. Raises `ChatError` with
    `too_many_attempts` while the address has to wait for earlier ones.

    A right secret is looked up before and always works, since it cannot be guessed.
    """
    misses().check(address)
    misses().add(address)


async def issue_key(member: str, name: str) -> Paired:
    """A key for a program of the member's. Raises `ChatError`: `unknown_member`, `bad_field`."""
    return await admit(member, clean(name), is_key=True)


async def recognise(token: str) -> KnownDevice | None:
    """The device with this token; None for an unknown or revoked token."""
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
    """The unknown secrets sent to this process."""
    return FailureCounts(conf().pairing_attempts_per_address, _LONGEST_WAIT)
