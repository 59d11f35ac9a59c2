"""`/devices`: list paired devices, invite, rename and revoke them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from ninja import Router

from chat.access.presence import presence
from chat.api.callers import identity_of, inviting, with_devices
from chat.api.invitations import OpenInvitation, shown
from chat.api.replies import reply, secret, unkept
from chat.api.schemas import FAILURES, DeviceChanges, Id, NewInvitation
from chat.current_service import current_service
from chat.members import devices
from chat.store.devices import StoredDevice

router = Router(tags=["devices"], auth=with_devices)


@dataclass(frozen=True, slots=True)
class ShownDevice:
    """A paired device, or an API key; `current` is the caller's."""

    id: str
    name: str
    member: str
    created_at: datetime
    last_seen: datetime | None
    current: bool
    is_key: bool


@dataclass(frozen=True, slots=True)
class Devices:
    """The device seen last first."""

    devices: list[ShownDevice]


@router.get("", response={200: Devices, **FAILURES})
async def list_devices(request: HttpRequest) -> HttpResponse:
    """The caller's devices; the owner gets those of all members."""
    found = await devices.devices_of(identity_of(request))
    return reply(request, Devices([_shown(request, device) for device in found]))


@router.post("/code", auth=inviting, response={201: OpenInvitation, **FAILURES})
async def invite(request: HttpRequest, body: NewInvitation) -> HttpResponse:
    """A new code for the caller's next device, as URLs and QR codes. The owner may also invite a
    device of another member, or a guest for today.
    """
    made = await devices.invite(
        identity_of(request), current_service(), body.member, is_guest=body.guest
    )
    return secret(await shown(request, made), HTTPStatus.CREATED)


@router.patch("/{device}", response={200: ShownDevice, **FAILURES})
async def rename_device(request: HttpRequest, device: Id, body: DeviceChanges) -> HttpResponse:
    """Set its name in the list."""
    renamed = await devices.rename(identity_of(request), device, body.name)
    return reply(request, _shown(request, renamed))


@router.delete("/{device}", response={204: None, **FAILURES})
async def revoke_device(request: HttpRequest, device: Id) -> HttpResponse:
    """Disconnect it within a second. To be used again, it has to be paired again."""
    await devices.revoke(identity_of(request), device)
    presence.check_now()
    return unkept(HttpResponse(status=HTTPStatus.NO_CONTENT))


def _shown(request: HttpRequest, device: StoredDevice) -> ShownDevice:
    caller = identity_of(request)
    current = caller.is_paired and caller.device == device.id
    return ShownDevice(
        device.id,
        device.name,
        device.member,
        device.created_at,
        device.last_seen,
        current,
        device.is_key,
    )
