"""The use cases around members, most of them for the owner. Raises `ChatError`."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from chat.actor import Identity, Role
from chat.errors import ChatError, ErrorCode
from chat.members.hashing import hashing
from chat.members.passwords import encode
from chat.service import ChatService
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


async def all_members(actor: Identity) -> list[StoredMember]:
    """All members, the owner first."""
    _require_owner(actor)
    return await in_database(list_members)


async def member_of(actor: Identity) -> StoredMember | None:
    """The actor as a member; None for visitors of an open server."""
    if actor.role is Role.VISITOR:
        return None
    if actor.role is Role.OWNER:
        await in_database(ensure_owner)
    return await in_database(find_member, actor.owner)


async def add(actor: Identity, name: str, colour: str) -> StoredMember:
    """A new member without devices."""
    _require_owner(actor)
    return await in_database(add_member, clean(name), colour)


async def add_guest(actor: Identity) -> StoredMember:
    """A new guest, whose access ends with the day."""
    _require_owner(actor)
    return await in_database(
        add_member, "", "", Role.GUEST, end_of_day(datetime.now().astimezone())
    )


async def change(
    actor: Identity, service: ChatService, member: str, changes: dict[str, Any]
) -> StoredMember:
    """Set `name`, `colour`, `password`, limits, or `remote_models`; an empty password is none."""
    _require_owner(actor)
    fields = dict(changes)
    if "name" in changes:
        fields["name"] = clean(changes["name"])
    if "password" in changes:
        fields["password"] = await hashing().run(encode, changes["password"])
    changed = await in_database(change_member, member, fields)
    if "remote_models" in changes:
        service.allowed.forget()
    return changed


async def remove(actor: Identity, service: ChatService, member: str) -> None:
    """Stop the member's runs and delete all of the member's data for good."""
    _require_owner(actor)
    await service.remover.remove_member(member)


def end_of_day(now: datetime) -> datetime:
    """The end of the day that `now` is in, by this computer's clock."""
    day = now if now.time() < _DAY_ENDS_AT else now + timedelta(days=1)
    return day.replace(hour=_DAY_ENDS_AT.hour, minute=0, second=0, microsecond=0)


def _require_owner(actor: Identity) -> None:
    if actor.role is not Role.OWNER:
        raise ChatError(ErrorCode.NOT_ALLOWED)
