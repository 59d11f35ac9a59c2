"""`manage.py pair`: a QR code for one more device."""

from __future__ import annotations

from typing import Any

from asgiref.sync import async_to_sync
from django.core.management.base import BaseCommand, CommandParser

from chat.actor import OWNER, TERMINAL
from chat.conf import conf
from chat.errors import ChatError
from chat.members import members, pairing
from chat.members.pairing import Invitation
from chat.network.addresses import reachable
from chat.store import in_database
from chat.store.members import find_named
from chat.terminal.language import pick
from chat.terminal.refusal import Refusal
from chat.terminal.refused import refused
from hosting.invitation import print_invitation
from hosting.schema import ensure_schema


class Command(BaseCommand):
    """Works with or without a running server: the code is stored in their database."""

    help = "Show a QR code that pairs one more device."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        whose = parser.add_mutually_exclusive_group()
        whose.add_argument("--member", metavar="NAME", help="whose device it will be")
        whose.add_argument("--guest", action="store_true", help="for a guest, for today")
        parser.add_argument(
            "--port",
            type=int,
            default=conf().port,
            help="the server's port (MYLLM_PORT)",
        )

    def handle(self, *args: Any, port: int, member: str | None, guest: bool, **_: Any) -> None:
        if not conf().pairing:
            raise Refusal(
                pick(
                    "还没有启用配对：请设置 MYLLM_PAIRING=1。",
                    "Pairing is not enabled: set MYLLM_PAIRING=1.",
                )
            )
        ensure_schema()
        try:
            invitation = async_to_sync(_invite)(member, guest)
        except ChatError as error:
            raise refused(error) from None
        print_invitation(reachable(conf().host), port, invitation)


async def _invite(name: str | None, guest: bool) -> Invitation:
    if guest:
        return await pairing.invite((await members.add_guest(TERMINAL)).id)
    if name is None:
        return await pairing.invite(OWNER)
    return await pairing.invite((await in_database(find_named, name)).id)
