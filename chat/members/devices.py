"""The use cases around devices: callers manage their own, the owner those of all members. Raises
`ChatError`.
"""

from __future__ import annotations

from chat.actor import Identity, Role
from chat.errors import ChatError, ErrorCode
from chat.members import pairing
from chat.members.members import add_guest, remove_expired_guests
from chat.members.pairing import Invitation
from chat.store import in_database
from chat.store.devices import StoredDevice, list_devices, rename_device, revoke_device
from chat.text.names import clean


async def devices_of(caller: Identity) -> list[StoredDevice]:
    """The devices that the caller manages."""
    return await in_database(list_devices, _managed_member(caller))


async def invite(caller: Identity, member: str | None, *, is_guest: bool) -> Invitation:
    """A code for one more device: the caller's own, from the owner also another's or a guest's."""
    if caller.role is not Role.OWNER and (is_guest or member not in (None, caller.owner)):
        raise ChatError(ErrorCode.NOT_ALLOWED)
    if is_guest:
        await remove_expired_guests()
        member = (await add_guest()).id
    return await pairing.invite(member or caller.owner)


async def rename(caller: Identity, device: str, name: str) -> StoredDevice:
    """Give the device another name."""
    return await in_database(rename_device, device, clean(name), _managed_member(caller))


async def revoke(caller: Identity, device: str) -> None:
    """Make the device's token invalid."""
    await in_database(revoke_device, device, _managed_member(caller))


def _managed_member(caller: Identity) -> str | None:
    """None stands for all members."""
    return None if caller.role is Role.OWNER else caller.owner
