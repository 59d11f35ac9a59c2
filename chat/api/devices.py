"""`/devices`: what is paired, one more of them, and away with one."""

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
    """A paired device, or a program with a key; `current` is the one that asks."""

    id: str
    name: str
    member: str
    created_at: datetime
    last_seen: datetime | None
    current: bool
    is_key: bool


@dataclass(frozen=True, slots=True)
class Devices:
    """The one seen last first."""

    devices: list[ShownDevice]


@router.get("", response={200: Devices, **FAILURES})
async def list_devices(request: HttpRequest) -> HttpResponse:
    """One's own; the owner sees everybody's."""
    found = await devices.devices_of(identity_of(request))
    return reply(request, Devices([_shown(request, device) for device in found]))


@router.post("/code", auth=inviting, response={201: OpenInvitation, **FAILURES})
async def invite(request: HttpRequest, body: NewInvitation) -> HttpResponse:
    """A fresh code for one's next device, as addresses and QR pictures; from the owner also for
    another member, or for a guest of today.
    """
    made = await devices.invite(
        identity_of(request), current_service(), body.member, is_guest=body.guest
    )
    return secret(await shown(request, made), HTTPStatus.CREATED)


@router.patch("/{device}", response={200: ShownDevice, **FAILURES})
async def rename_device(request: HttpRequest, device: Id, body: DeviceChanges) -> HttpResponse:
    """What it is called in the list."""
    renamed = await devices.rename(identity_of(request), device, body.name)
    return reply(request, _shown(request, renamed))


@router.delete("/{device}", response={204: None, **FAILURES})
async def revoke_device(request: HttpRequest, device: Id) -> HttpResponse:
    """It is cut off within a second, and comes in again only by being paired again."""
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
