"""The use cases around devices: callers manage their own, the owner those of all members. Raises
`ChatError`.
"""

from __future__ import annotations

from chat.actor import Identity, Role
from chat.errors import ChatError, ErrorCode
from chat.members import pairing
from chat.members.members import add_guest
from chat.members.pairing import Invitation
from chat.service import ChatService
from chat.store import in_database
from chat.store.devices import StoredDevice, list_devices, rename_device, revoke_device
from chat.text.names import clean


async def devices_of(actor: Identity) -> list[StoredDevice]:
    """The devices that the actor manages."""
    return await in_database(list_devices, _managed_member(actor))


async def invite(
    actor: Identity, service: ChatService, member: str | None, *, is_guest: bool
) -> Invitation:
    """A code for one more device: the actor's own, from the owner also another's or a guest's."""
    if actor.role is not Role.OWNER and (is_guest or member not in (None, actor.owner)):
        raise ChatError(ErrorCode.NOT_ALLOWED)
    if is_guest:
        service.remover.wake()
        member = (await add_guest(actor)).id
    return await pairing.invite(member or actor.owner)


async def rename(actor: Identity, device: str, name: str) -> StoredDevice:
    """Give the device another name."""
    return await in_database(rename_device, device, clean(name), _managed_member(actor))


async def revoke(actor: Identity, device: str) -> None:
    """Make the device's token invalid."""
    await in_database(revoke_device, device, _managed_member(actor))


def _managed_member(actor: Identity) -> str | None:
    """None stands for all members."""
    return None if actor.role is Role.OWNER else actor.owner
