"""`/members`: list, add, change and remove members; `/me`: the caller."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from ninja import Router

from chat.access.presence import presence
from chat.actor import Role
from chat.api.callers import identity_of, owning, using
from chat.api.replies import reply, unkept
from chat.api.schemas import FAILURES, Id, MemberChanges, NewMember
from chat.conf import conf
from chat.configured import usual_limits
from chat.current_service import current_service
from chat.members import members
from chat.store.allowance import Limits
from chat.store.members import StoredMember

router = Router(tags=["members"], auth=owning)


@dataclass(frozen=True, slots=True)
class Members:
    """The owner first; `usual` are the defaults for limits that are null."""

    members: list[StoredMember]
    usual: Limits


@dataclass(frozen=True, slots=True)
class Me:
    """The caller. `device` is set for a paired device, `member` for all except visitors of an open
    server. `pairing` is true if this server pairs devices.
    """

    role: Role
    pairing: bool
    device: str | None
    member: StoredMember | None


@router.get("/me", auth=using, response={200: Me, **FAILURES})
async def get_me(request: HttpRequest) -> HttpResponse:
    """The caller."""
    caller = identity_of(request)
    device = caller.device if caller.is_paired else None
    member = await members.member_of(caller)
    return reply(request, Me(caller.role, conf().pairing, device, member))


@router.get("/members", response={200: Members, **FAILURES})
async def list_members(request: HttpRequest) -> HttpResponse:
    """All members, including guests."""
    return reply(request, Members(await members.all_members(identity_of(request)), usual_limits()))


@router.post("/members", response={201: StoredMember, **FAILURES})
async def add_member(request: HttpRequest, body: NewMember) -> HttpResponse:
    """Add a member, whose devices are paired by `POST /devices/code`."""
    made = await members.add(identity_of(request), body.name, body.colour)
    return reply(request, made, status=HTTPStatus.CREATED)


@router.patch("/members/{member}", response={200: StoredMember, **FAILURES})
async def change_member(request: HttpRequest, member: Id, body: MemberChanges) -> HttpResponse:
    """Set name, colour, limits, or a password to sign in on new devices without a code."""
    actor, changes = identity_of(request), body.dict(exclude_unset=True)
    return reply(request, await members.change(actor, current_service(), member, changes))


@router.delete("/members/{member}", response={204: None, **FAILURES})
async def remove_member(request: HttpRequest, member: Id) -> HttpResponse:
    """Delete the member with their devices and conversations for good. These are inaccessible at
    once, and deleted in the background. The owner cannot be removed.
    """
    await members.remove(identity_of(request), current_service(), member)
    presence.check_now()
    return unkept(HttpResponse(status=HTTPStatus.NO_CONTENT))
