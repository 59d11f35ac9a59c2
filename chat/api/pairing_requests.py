"""`/devices/requests`: screens that show six digits, approved by typing these."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from ninja import Router

from chat.api.callers import identity_of, inviting, rate_limit_key
from chat.api.replies import reply
from chat.api.schemas import FAILURES, Digits
from chat.members import digit_pairing

router = Router(tags=["devices"], auth=inviting)


@dataclass(frozen=True, slots=True)
class WaitingScreen:
    """A screen that waits for approval."""

    digits: str
    name: str
    address: str


@dataclass(frozen=True, slots=True)
class WaitingScreens:
    """Always empty, see `list_requests`."""

    requests: list[WaitingScreen]


@router.get("", response={200: WaitingScreens, **FAILURES}, deprecated=True)
async def list_requests(request: HttpRequest) -> HttpResponse:
    """Always empty, as digits are typed from the screen. For clients of earlier versions."""
    return reply(request, WaitingScreens([]))


@router.post("/{digits}/approve", response={200: WaitingScreen, **FAILURES})
async def approve_request(request: HttpRequest, digits: Digits) -> HttpResponse:
    """Approve the screen with these digits as a device of the caller; it has to be confirmed there.
    Wrong digits count against the rate limits of the member and the address.
    """
    found = await digit_pairing.approve(identity_of(request), digits, rate_limit_key(request))
    return reply(request, WaitingScreen(found.digits, found.name, found.address))
