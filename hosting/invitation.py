"""A QR code in the terminal that pairs one phone, and another one once it is used."""

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

_POLL_SECONDS = 2.0
_pause = asyncio.sleep


async def keep_inviting(host: str, port: int) -> None:
    """Show a code for the owner's next device while the server runs: a new one once it was used or
    has expired, the same again when this computer's addresses change.

    On a terminal only: the output of a service is kept in logs, where no code belongs.
    """
    if not _is_on_terminal():
        return
    invitation: Invitation | None = None
    shown_addresses: tuple[str, ...] = ()
    while True:
        addresses = await _addresses(host)
        fresh = await _usable(invitation)
        if fresh and (fresh is not invitation or addresses != shown_addresses):
            print_invitation(addresses, port, fresh)
        invitation, shown_addresses = fresh, addresses
        await _pause(_POLL_SECONDS)


def print_invitation(addresses: Sequence[str], port: int, invitation: Invitation) -> None:
    """Print the QR code of the likeliest address, and the links of all addresses."""
    stream = sys.stdout
    print("\n".join(invitation_lines(addresses, port, invitation)), file=stream)
    links = _links(addresses, port, invitation)
    if links and shows_blocks(stream):
        print(qr_code(links[0], coloured=stream.isatty()), file=stream)
    stream.flush()


def invitation_lines(addresses: Sequence[str], port: int, invitation: Invitation) -> list[str]:
    """The lines above the QR code."""
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
    """Behind a proxy, the link with the proxy's address."""
    if conf().public_url:
        return [with_code(f"{conf().public_url}/", invitation.code)]
    return [pairing_url(address, port, invitation.code) for address in addresses]


async def _addresses(host: str) -> tuple[str, ...]:
    return await asyncio.to_thread(reachable, host)


def _is_on_terminal() -> bool:
    return sys.stdout.isatty()


async def _usable(before: Invitation | None) -> Invitation | None:
    """The previous invitation while it is valid, then a new one."""
    try:
        if before and await pairing.is_open(before):
            return before
        return await pairing.invite(OWNER)
    except ChatError:
        return before  # the database is busy; retried at the next poll
