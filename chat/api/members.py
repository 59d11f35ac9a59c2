"""`/members`: who has a place of their own on this server; and `/me`, which of them asks."""

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
    """The owner first; `usual` holds where a member's own limit is null."""

    members: list[StoredMember]
    usual: Limits


@dataclass(frozen=True, slots=True)
class Me:
    """The caller. `device` is set for a paired device, `member` for all but visitors of an open
    server. `pairing` tells whether this server knows devices at all.
    """

    role: Role
    pairing: bool
    device: str | None
    member: StoredMember | None


@router.get("/me", auth=using, response={200: Me, **FAILURES})
async def get_me(request: HttpRequest) -> HttpResponse:
    """Who one is here."""
    caller = identity_of(request)
    device = caller.device if caller.is_paired else None
    member = await members.member_of(caller)
    return reply(request, Me(caller.role, conf().pairing, device, member))


@router.get("/members", response={200: Members, **FAILURES})
async def list_members(request: HttpRequest) -> HttpResponse:
    """Everybody, guests of today included."""
    return reply(request, Members(await members.all_members(identity_of(request)), usual_limits()))


@router.post("/members", response={201: StoredMember, **FAILURES})
async def add_member(request: HttpRequest, body: NewMember) -> HttpResponse:
    """Their devices are paired by `POST /devices/code`."""
    made = await members.add(identity_of(request), body.name, body.colour)
    return reply(request, made, status=HTTPStatus.CREATED)


@router.patch("/members/{member}", response={200: StoredMember, **FAILURES})
async def change_member(request: HttpRequest, member: Id, body: MemberChanges) -> HttpResponse:
    """Name, colour, limits, and a password by which a new screen may sign in without a code."""
    actor, changes = identity_of(request), body.dict(exclude_unset=True)
    return reply(request, await members.change(actor, current_service(), member, changes))


@router.delete("/members/{member}", response={204: None, **FAILURES})
async def remove_member(request: HttpRequest, member: Id) -> HttpResponse:
    """Away with their devices and all their conversations, for good: nobody reaches them from now
    on, and they are deleted by and by. The owner stays.
    """
    await members.remove(identity_of(request), current_service(), member)
    presence.check_now()
    return unkept(HttpResponse(status=HTTPStatus.NO_CONTENT))
