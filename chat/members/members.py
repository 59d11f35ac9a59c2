"""The use cases around members. Raises `ChatError`."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from chat.actor import Identity, Role
from chat.catalog import current
from chat.library.removal import remove_member, remover
from chat.members.hashing import hashing
from chat.members.passwords import encode
from chat.store import in_database
from chat.store.members import (
    StoredMember,
    add_member,
    change_member,
    ensure_owner,
    find_member,
    list_members,
)
from chat.text.names import clean

_DAY_ENDS_AT = time(4)
"""Guests of an evening party keep their access past midnight."""


async def all_members() -> list[StoredMember]:
    """All members, the owner first."""
    return await in_database(list_members)


async def member_of(caller: Identity) -> StoredMember | None:
    """The caller as a member; None for visitors of an open server."""
    if caller.role is Role.VISITOR:
        return None
    if caller.role is Role.OWNER:
        await in_database(ensure_owner)
    return await in_database(find_member, caller.owner)


async def add(name: str, colour: str) -> StoredMember:
    """A new member without devices."""
    return await in_database(add_member, clean(name), colour)


async def add_guest() -> StoredMember:
    """A new guest, whose access ends with the day."""
    return await in_database(
        add_member, "", "", Role.GUEST, end_of_day(datetime.now().astimezone())
    )


async def change(member: str, changes: dict[str, Any]) -> StoredMember:
    """Set `name`, `colour`, `password`, limits, or `remote_models`; an empty password is none."""
    fields = dict(changes)
    if "name" in changes:
        fields["name"] = clean(changes["name"])
    if "password" in changes:
        fields["password"] = await hashing().run(encode, changes["password"])
    changed = await in_database(change_member, member, fields)
    if "remote_models" in changes:
        current.service().rights_changed()
    return changed


async def remove(member: str) -> None:
    """Stop the member's runs and delete all of the member's data for good."""
    await remove_member(member)


async def remove_expired_guests() -> None:
    """Begin to delete every guest whose access has ended; returns before their rows are deleted."""
    remover.wake()


def end_of_day(now: datetime) -> datetime:
    """The end of the day that `now` is in, by this computer's clock."""
    day = now if now.time() < _DAY_ENDS_AT else now + timedelta(days=1)
    return day.replace(hour=_DAY_ENDS_AT.hour, minute=0, second=0, microsecond=0)
