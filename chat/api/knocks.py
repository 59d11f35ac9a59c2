"""`/devices/requests`: screens that show six digits and wait to be let in."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from ninja import Router

from chat.access import pairing
from chat.access.knocks import Knock
from chat.api.callers import inviting, owner_of
from chat.api.replies import reply
from chat.api.schemas import FAILURES, Digits

router = Router(tags=["devices"], auth=inviting)


@dataclass(frozen=True, slots=True)
class WaitingScreen:
    """What a screen says of itself: let it in only if its digits are those you see on it."""

    digits: str
    name: str
    address: str


@dataclass(frozen=True, slots=True)
class WaitingScreens:
    """The one that has waited longest first."""

    requests: list[WaitingScreen]


@router.get("", response={200: WaitingScreens, **FAILURES})
async def list_requests(request: HttpRequest) -> HttpResponse:
    """The screens that wait."""
    waiting = [knock for knock in pairing.knocks().waiting() if knock.member is None]
    return reply(request, WaitingScreens([_shown(knock) for knock in waiting]))


@router.post("/{digits}/approve", response={200: WaitingScreen, **FAILURES})
async def approve_request(request: HttpRequest, digits: Digits) -> HttpResponse:
    """Let the screen with these digits in, as a device of one's own."""
    return reply(request, _shown(pairing.knocks().approve(digits, owner_of(request))))


def _shown(knock: Knock) -> WaitingScreen:
    return WaitingScreen(knock.digits, knock.name, knock.place)
