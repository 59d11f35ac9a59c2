"""`/connection`: how another phone finds this server."""

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
    """`addresses` are where other devices reach this server, the likeliest first; none while it
    serves its own computer alone. With `pairing` they need a code: `POST /devices/code`.
    `notes` are for the owner: what the computer is about to run out of.
    """

    version: str
    open: bool
    pairing: bool
    addresses: list[Address]
    notes: list[Note]


@router.get("", response={200: Connection, **FAILURES})
async def get_connection(request: HttpRequest) -> HttpResponse:
    """The addresses for other devices, with QR codes, and whether they may come in."""
    is_open, pairing = conf().open, conf().pairing
    addresses = await places(request) if is_open or pairing else []
    notes = await _notes(locale_of(request)) if _is_owner(request) else []
    return reply(request, Connection(VERSION, is_open, pairing, addresses, notes))


def _is_owner(request: HttpRequest) -> bool:
    """Where devices are not paired, nobody is told apart."""
    return not conf().pairing or identity_of(request).role is Role.OWNER


async def _notes(locale: str) -> list[Note]:
    found = await to_thread(shortages)
    return [Note(shortage.value, shortage_sentence(shortage, locale)) for shortage in found]
