"""A pairing code as URLs and QR codes."""

from __future__ import annotations

from asyncio import to_thread
from dataclasses import dataclass
from datetime import datetime

import segno
from django.http import HttpRequest
from django.utils import timezone

from chat.conf import conf
from chat.members.pairing import Invitation
from chat.network.addresses import reachable, url, with_code

_PIXELS_PER_MODULE = 6


@dataclass(frozen=True, slots=True)
class Address:
    """`qr` is a QR code of `url`, as a data URL."""

    url: str
    qr: str


@dataclass(frozen=True, slots=True)
class OpenInvitation:
    """The first device that opens one of the `addresses` until `expires_at` is paired for `member`.

    `seconds` is the time left, as a phone's clock may be wrong.
    """

    member: str
    expires_at: datetime
    seconds: int
    addresses: list[Address]


async def places(request: HttpRequest) -> list[Address]:
    """The addresses for other devices, the likeliest first."""
    return [_address(page) for page in await _pages(request)]


async def shown(request: HttpRequest, invitation: Invitation) -> OpenInvitation:
    """The invitation with its URLs and QR codes."""
    links = [with_code(page, invitation.code) for page in await _pages(request)]
    left = invitation.expires_at - timezone.now()
    return OpenInvitation(
        invitation.member.id,
        invitation.expires_at,
        max(0, int(left.total_seconds())),
        [_address(link) for link in links],
    )


async def _pages(request: HttpRequest) -> list[str]:
    if conf().public_url:
        return [f"{conf().public_url}/"]
    port = _port(request)
    return [url(host, port) for host in await _hosts()]


def _port(request: HttpRequest) -> int:
    """The port for http, also with https: a phone that does not trust the certificate yet would
    show a warning instead of the page.
    """
    return conf().port if conf().tls else int(request.get_port())


async def _hosts() -> tuple[str, ...]:
    return await to_thread(reachable, conf().host)


def _address(place: str) -> Address:
    code = segno.make(place, micro=False)
    return Address(place, code.png_data_uri(scale=_PIXELS_PER_MODULE))
