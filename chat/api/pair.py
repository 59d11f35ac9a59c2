"""`/pair`: pairing of devices. Open to unauthenticated callers."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from ninja import Router

from chat.api.callers import rate_limit_key
from chat.api.replies import secret
from chat.api.schemas import (
    FAILURES,
    Acquaintance,
    PairingClaim,
    PairingCode,
    PairingRequest,
    PairingSecret,
    PasswordSignIn,
)
from chat.conf import conf
from chat.members import digit_pairing, pairing, sign_in
from chat.members.digit_pairing import Progress
from chat.members.pairing import Introduction, Paired

router = Router(tags=["pairing"], auth=None)


@dataclass(frozen=True, slots=True)
class NewPairingRequest:
    """Show `digits` and claim with `request` every two seconds, for `seconds`."""

    request: str
    digits: str
    seconds: int


@router.post("", response={201: Paired, **FAILURES})
async def redeem_code(request: HttpRequest, body: PairingCode) -> HttpResponse:
    """Exchange the code of a QR code for a token. It is returned only once."""
    paired = await pairing.redeem(body.code, body.name, rate_limit_key(request))
    return secret(paired, HTTPStatus.CREATED)


@router.post("/password", response={201: Paired, **FAILURES})
async def sign_in_by_password(request: HttpRequest, body: PasswordSignIn) -> HttpResponse:
    """Exchange a member's name and password for a token."""
    paired = await sign_in.sign_in(body.member, body.password, body.name, rate_limit_key(request))
    return secret(paired, HTTPStatus.CREATED)


@router.post("/server", response={200: Introduction, **FAILURES})
async def introduce_server(request: HttpRequest, body: Acquaintance) -> HttpResponse:
    """The name of this server, the same at every address, and the proof that it issued the device's
    token: HMAC-SHA-256 of `server.question` by the token's SHA-256 in hexadecimal.
    """
    return secret(await pairing.introduce(body.device, body.question))


@router.post("/request", response={201: NewPairingRequest, **FAILURES})
async def request_pairing(request: HttpRequest, body: PairingRequest) -> HttpResponse:
    """Get six digits for a screen without a camera, to be approved on a paired device."""
    key, opened = digit_pairing.request_pairing(body.name, rate_limit_key(request))
    seconds = 60 * conf().pairing_minutes
    return secret(NewPairingRequest(key, opened.digits, seconds), HTTPStatus.CREATED)


@router.post("/claim", response={201: Paired, 202: Progress, **FAILURES})
async def claim_pairing(request: HttpRequest, body: PairingClaim) -> HttpResponse:
    """202 until a member has approved the digits, then 202 with that member. With `confirm`, after
    a person at the screen has agreed to the member: 201 with the token, once. Without the field an
    approved request is refused: 409.
    """
    found = await digit_pairing.claim(body.request, rate_limit_key(request), confirm=body.confirm)
    status = HTTPStatus.CREATED if isinstance(found, Paired) else HTTPStatus.ACCEPTED
    return secret(found, status)


@router.post("/decline", response={204: None, **FAILURES})
async def decline_pairing(request: HttpRequest, body: PairingSecret) -> HttpResponse:
    """The screen cancels its request, or declines to become that member's device."""
    digit_pairing.decline(body.request, rate_limit_key(request))
    return HttpResponse(status=HTTPStatus.NO_CONTENT)
