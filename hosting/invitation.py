"""A QR code in the terminal that pairs one phone, and the next when that one is used up."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Sequence

from chat.actor import OWNER
from chat.conf import conf
from chat.errors import ChatError
from chat.members import pairing
from chat.members.pairing import Invitation
from chat.network.addresses import pairing_url, reachable, with_code
from chat.terminal.language import pick
from hosting.banner import no_network, qr_code, shows_blocks

_LOOK_SECONDS = 2.0
_pause = asyncio.sleep


async def keep_inviting(host: str, port: int) -> None:
    """Show a code for the owner's next device for as long as the server runs: another when it
    was used or has expired, the same again when this computer's addresses change.

    Only on a terminal: what a service prints is kept in logs, where no code belongs.
    """
    if not _is_on_terminal():
        return
    invitation: Invitation | None = None
    told: tuple[str, ...] = ()
    while True:
        addresses = await _addresses(host)
        fresh = await _usable(invitation)
        if fresh and (fresh is not invitation or addresses != told):
            print_invitation(addresses, port, fresh)
        invitation, told = fresh, addresses
        await _pause(_LOOK_SECONDS)


def print_invitation(addresses: Sequence[str], port: int, invitation: Invitation) -> None:
    """The code as a picture of the likeliest address, and the links of all for typing."""
    stream = sys.stdout
    print("\n".join(invitation_lines(addresses, port, invitation)), file=stream)
    links = _links(addresses, port, invitation)
    if links and shows_blocks(stream):
        print(qr_code(links[0], coloured=stream.isatty()), file=stream)
    stream.flush()


def invitation_lines(addresses: Sequence[str], port: int, invitation: Invitation) -> list[str]:
    """What stands above the picture."""
    links = _links(addresses, port, invitation)
    if not links:
        return ["", no_network()]
    until = f"{invitation.expires_at.astimezone():%H:%M}"
    head = pick(
        f"用手机扫描二维码，或打开链接（同一网络，一台设备，{until} 前有效）：",
        f"Scan with a phone in the same network, or open a link (one device, until {until}):",
    )
    return ["", head, *links]


def _links(addresses: Sequence[str], port: int, invitation: Invitation) -> list[str]:
    """Behind a proxy its address is the one that others reach."""
    if conf().public_url:
        return [with_code(f"{conf().public_url}/", invitation.code)]
    return [pairing_url(address, port, invitation.code) for address in addresses]


async def _addresses(host: str) -> tuple[str, ...]:
    return await asyncio.to_thread(reachable, host)


def _is_on_terminal() -> bool:
    return sys.stdout.isatty()


async def _usable(before: Invitation | None) -> Invitation | None:
    """The invitation of before as long as it is open, then another."""
    try:
        if before and await pairing.is_open(before):
            return before
        return await pairing.invite(OWNER)
    except ChatError:
        return before  # the database is busy; it is asked again
