"""The use cases around members and devices. Whom they are asked for decides whose are meant:
the owner of this computer may handle everybody's. Raises `ChatError`.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from chat.actor import Identity, Role
from chat.catalog import current
from chat.errors import ChatError, ErrorCode
from chat.library.removal import remove_member, remover
from chat.members import pairing
from chat.members.hashing import hashing
from chat.members.pairing import Invitation
from chat.members.passwords import encode
from chat.store import in_database
from chat.store.devices import StoredDevice, list_devices, rename_device, revoke_device
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
"""When whoever came in the evening has gone home."""


async def members() -> list[StoredMember]:
    """Everybody, the owner first."""
    return await in_database(list_members)


async def member_of(caller: Identity) -> StoredMember | None:
    """The caller as a member; None for those who share an open server."""
    if caller.role is Role.VISITOR:
        return None
    if caller.role is Role.OWNER:
        await in_database(ensure_owner)
    return await in_database(find_member, caller.owner)


async def add(name: str, colour: str) -> StoredMember:
    """A member with no devices yet."""
    return await in_database(add_member, clean(name), colour)


async def change(member: str, wishes: dict[str, Any]) -> StoredMember:
    """Set `name`, `colour`, `password`, limits, or `remote_models`; an empty password is none."""
    fields = dict(wishes)
    if "name" in wishes:
        fields["name"] = clean(wishes["name"])
    if "password" in wishes:
        fields["password"] = await hashing().run(encode, wishes["password"])
    changed = await in_database(change_member, member, fields)
    if "remote_models" in wishes:
        current.service().rights_changed()
    return changed


async def invite(caller: Identity, member: str | None, *, is_guest: bool) -> Invitation:
    """A code for one more device: the caller's own, from the owner also another's or a guest's."""
    if caller.role is not Role.OWNER and (is_guest or member not in (None, caller.owner)):
        raise ChatError(ErrorCode.NOT_ALLOWED)
    if is_guest:
        await part_with_guests()
        member = (await welcome_guest()).id
    return await pairing.invite(member or caller.owner)


async def welcome_guest() -> StoredMember:
    """A member until the day is over."""
    return await in_database(
        add_member, "", "", Role.GUEST, end_of_day(datetime.now().astimezone())
    )


def end_of_day(now: datetime) -> datetime:
    """The end of the day that `now` is in, by this computer's clock."""
    day = now if now.time() < _DAY_ENDS_AT else now + timedelta(days=1)
    return day.replace(hour=_DAY_ENDS_AT.hour, minute=0, second=0, microsecond=0)


async def devices(caller: Identity) -> list[StoredDevice]:
    """Those the caller may handle."""
    return await in_database(list_devices, _whose(caller))


async def rename(caller: Identity, device: str, name: str) -> StoredDevice:
    """Call the device something else."""
    return await in_database(rename_device, device, clean(name), _whose(caller))


async def revoke(caller: Identity, device: str) -> None:
    """The device's token lets nobody in any more."""
    await in_database(revoke_device, device, _whose(caller))


async def part_with(member: str) -> None:
    """Stop what is written for the member and remove all that is theirs, for good."""
    await remove_member(member)


async def part_with_guests() -> None:
    """Every guest whose day is over. Returns before their rows are gone."""
    remover.wake()


def _whose(caller: Identity) -> str | None:
    return None if caller.role is Role.OWNER else caller.owner
