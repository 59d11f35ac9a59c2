"""`/connection`: how other devices reach this server."""

from __future__ import annotations

from asyncio import to_thread
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from ninja import Router

from chat.actor import Role
from chat.api.callers import identity_of, locale_of
from chat.api.invitations import Address, places
from chat.api.replies import reply
from chat.api.schemas import FAILURES
from chat.conf import conf
from chat.health.shortage import shortage_sentence, shortages
from chat.version import VERSION

router = Router(tags=["connection"])


@dataclass(frozen=True, slots=True)
class Note:
    """`message` is for people, in the language of `Accept-Language`."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Connection:
    """`addresses` are the URLs for other devices, the likeliest first; none if the server listens
    on its own computer only. With `pairing` devices need a code: `POST /devices/code`. `notes` are
    for the owner: resources of the computer that are running out.
    """

    version: str
    open: bool
    pairing: bool
    addresses: list[Address]
    notes: list[Note]


@router.get("", response={200: Connection, **FAILURES})
async def get_connection(request: HttpRequest) -> HttpResponse:
    """The addresses for other devices, with QR codes, and whether they need to be paired."""
    is_open, pairing = conf().open, conf().pairing
    addresses = await places(request) if is_open or pairing else []
    notes = await _notes(locale_of(request)) if _is_owner(request) else []
    return reply(request, Connection(VERSION, is_open, pairing, addresses, notes))


def _is_owner(request: HttpRequest) -> bool:
    """Whether the caller is the owner; without pairing all callers count as the owner."""
    return not conf().pairing or identity_of(request).role is Role.OWNER


async def _notes(locale: str) -> list[Note]:
    found = await to_thread(shortages)
    return [Note(shortage.value, shortage_sentence(shortage, locale)) for shortage in found]
