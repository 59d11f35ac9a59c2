"""The code in the terminal: replaced once it is used or has expired, and shown again when this
computer's addresses change.
"""

from __future__ import annotations

import asyncio
import re

import pytest
from django.utils import timezone

from chat.actor import OWNER
from chat.members import pairing
from chat.models import PairingCode
from chat.network.addresses import pairing_url
from chat.service import ChatService
from chat.store import in_database
from chat.terminal import language
from hosting import banner, invitation
from hosting.banner import ServerAddresses, qr_code
from tests.overrides import Overrides
from tests.patience import PATIENCE

LINK = re.compile(r"http://([^:/]+):8000/#pair=([\w-]{22})")


class Terminal:
    """The output of each poll; `network` is what the next poll finds."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys
        self.network: tuple[str, ...] = ("192.168.1.5", "10.0.0.2")
        self._polled = asyncio.Semaphore(0)
        self._poll = asyncio.Semaphore(0)

    async def find(self, _: str) -> tuple[str, ...]:
        """The beginning of a poll."""
        await self._poll.acquire()
        return self.network

    async def pause(self, seconds: float) -> None:
        """The end of a poll."""
        self._polled.release()

    def show(self) -> asyncio.Task[None]:
        """Begin to show codes."""
        return asyncio.create_task(invitation.keep_inviting("0.0.0.0", 8000))

    async def printed(self) -> str:
        """The output up to the next poll."""
        self._poll.release()
        await asyncio.wait_for(self._polled.acquire(), PATIENCE)
        return self._capsys.readouterr().out


@pytest.fixture
def terminal(
    paired_service: ChatService, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Terminal:
    made = Terminal(capsys)
    monkeypatch.setattr(language, "prefers_chinese", lambda: False)
    monkeypatch.setattr(invitation, "_is_on_terminal", lambda: True)
    monkeypatch.setattr(invitation, "_addresses", made.find)
    monkeypatch.setattr(invitation, "_pause", made.pause)
    return made


def _code(printed: str) -> str:
    return str(LINK.findall(printed)[0][1])


async def test_a_code_is_shown_until_it_is_used_and_then_another(terminal: Terminal) -> None:
    showing = terminal.show()
    first = await terminal.printed()
    assert [host for host, _ in LINK.findall(first)] == ["192.168.1.5", "10.0.0.2"]
    picture = qr_code(pairing_url("192.168.1.5", 8000, _code(first)), coloured=False)
    assert picture in first
    assert await terminal.printed() == ""
    await pairing.redeem(_code(first), "Phone", "a")
    second = await terminal.printed()
    assert _code(second) != _code(first)
    showing.cancel()


async def test_an_expired_code_is_replaced(terminal: Terminal) -> None:
    showing = terminal.show()
    first = _code(await terminal.printed())
    await in_database(PairingCode.objects.update, expires_at=timezone.now())
    assert _code(await terminal.printed()) != first
    showing.cancel()


async def test_the_same_code_is_shown_at_a_new_address(terminal: Terminal) -> None:
    showing = terminal.show()
    first = _code(await terminal.printed())
    terminal.network = ("10.42.0.1",)
    assert LINK.findall(await terminal.printed()) == [("10.42.0.1", first)]
    terminal.network = ()
    assert "join a Wi-Fi" in await terminal.printed()
    showing.cancel()


async def test_no_code_reaches_a_services_log(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(invitation, "_is_on_terminal", lambda: False)
    await invitation.keep_inviting("0.0.0.0", 8000)
    assert not await in_database(PairingCode.objects.exists)


def test_the_banner_mentions_paired_devices(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language, "prefers_chinese", lambda: False)
    at = ServerAddresses("localhost", ("192.168.1.5",), 8000, is_open=False, pairs=True)
    assert "Only paired devices" in banner.banner(at)[-1]


async def test_behind_a_proxy_a_code_leads_to_its_address(
    paired_service: ChatService, conf: Overrides
) -> None:
    conf.public_url = "https://chat.example.com"
    made = await pairing.invite(OWNER)
    link = invitation.invitation_lines((), 8000, made)[-1]
    assert link == f"https://chat.example.com/#pair={made.code}"
