"""`/extras`: optional packages that the owner can install."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from ninja import Router

from chat.api.callers import locale_of
from chat.api.managers import catalog_actor, managing, reviewing
from chat.api.replies import reply
from chat.api.schemas import FAILURES, Id
from chat.catalog import extras
from chat.catalog.extras import OfferedExtra
from chat.errors.sentences import is_chinese

router = Router(tags=["models"])


@dataclass(frozen=True, slots=True)
class Extras:
    """Empty if this server cannot install any."""

    extras: list[OfferedExtra]


@router.get("", auth=reviewing, response={200: Extras, **FAILURES})
async def list_extras(request: HttpRequest) -> HttpResponse:
    """The purpose of each extra, its size, and the progress of its installation."""
    chinese = is_chinese(locale_of(request))
    found = await extras.list_extras(catalog_actor(request), chinese=chinese)
    return reply(request, Extras(found))


@router.post("/{extra}/install", auth=managing, response={200: OfferedExtra, **FAILURES})
async def install_extra(request: HttpRequest, extra: Id) -> HttpResponse:
    """Begin the installation, by which the owner agrees; `GET /extras` has its progress."""
    chinese = is_chinese(locale_of(request))
    return reply(
        request, await extras.install_extra(catalog_actor(request), extra, chinese=chinese)
    )
