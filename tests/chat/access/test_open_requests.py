"""Requests of a revoked device are aborted with any server; answered ones are not."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from django.utils import timezone

from chat.access.open_requests import OpenRequests
from chat.access.presence import presence
from chat.actor import Identity, Role
from chat.models import Member
from chat.network.asgi import ABORT
from chat.service import ChatService
from chat.store import in_database
from tests.chat.paired_server import Caller, owner, paired
from tests.patience import PATIENCE

Message = dict[str, Any]


class Download:
    """An application that sends pieces until its caller disconnects, and the caller."""

    def __init__(self, phone: Caller, method: str = "GET", *, offers_abort: bool = True) -> None:
        identity = Identity(phone.owner, phone.device, Role.OWNER, is_paired=True)
        self.aborted = 0
        state = {ABORT: self._abort} if offers_abort else {}
        self.scope = {"type": "http", "method": method, "identity": identity, "state": state}
        self.begun, self.received = asyncio.Event(), asyncio.Event()
        self.sent: list[Message] = []
        self.incoming: asyncio.Queue[Message] = asyncio.Queue()

    async def serve(self) -> None:
        await OpenRequests(self._application)(self.scope, self.incoming.get, self._send)

    async def _application(self, scope: Message, receive: Any, send: Any) -> None:
        leaving = asyncio.create_task(self._until_gone(receive))
        self.begun.set()
        while not leaving.done():
            await send({"type": "http.response.body", "body": b"x", "more_body": True})
            await asyncio.sleep(0.005)
        await send({"type": "http.response.body", "body": b"end"})

    async def _until_gone(self, receive: Any) -> None:
        while (await receive())["type"] != "http.disconnect":
            self.received.set()

    async def _send(self, message: Message) -> None:
        self.sent.append(message)

    def _abort(self) -> None:
        self.aborted += 1


@pytest.mark.parametrize("offers_abort", [True, False])
async def test_a_revoked_devices_download_is_left_without_its_end(
    paired_service: ChatService, offers_abort: bool
) -> None:
    phone = await paired()
    download = Download(phone, offers_abort=offers_abort)
    download.incoming.put_nowait({"type": "http.request", "body": b"", "more_body": False})
    serving = asyncio.create_task(download.serve())
    await download.begun.wait()
    await owner().call("DELETE", f"/devices/{phone.device}")
    await asyncio.wait_for(serving, PATIENCE)
    assert download.sent
    assert all(message["more_body"] for message in download.sent)
    assert download.aborted == int(offers_abort)
    assert phone.device not in presence._open


async def test_a_guests_download_ends_with_the_day(paired_service: ChatService) -> None:
    guest = await paired(Role.GUEST)
    download = Download(guest)
    serving = asyncio.create_task(download.serve())
    await download.begun.wait()
    await in_database(Member.objects.filter(pk=guest.owner).update, expires_at=timezone.now())
    await asyncio.wait_for(serving, PATIENCE)
    assert download.aborted == 1


async def test_a_removed_members_upload_is_not_taken(paired_service: ChatService) -> None:
    member = await paired(Role.MEMBER)
    upload = Download(member, "POST")
    upload.incoming.put_nowait({"type": "http.request", "body": b"half", "more_body": True})
    serving = asyncio.create_task(upload.serve())
    await upload.begun.wait()
    await owner().call("DELETE", f"/members/{member.owner}")
    await asyncio.wait_for(serving, PATIENCE)
    assert upload.aborted == 1


async def test_an_answered_request_does_not_abort_its_connection(
    paired_service: ChatService,
) -> None:
    phone = await paired()
    download = Download(phone)
    serving = asyncio.create_task(download.serve())
    await download.begun.wait()
    (cut_off,) = presence._open[phone.device]
    download.incoming.put_nowait({"type": "http.disconnect"})
    await asyncio.wait_for(serving, PATIENCE)
    await cut_off()
    assert download.aborted == 0


async def test_a_device_that_removes_itself_gets_a_response(paired_service: ChatService) -> None:
    phone = await paired()
    answer = await phone.call("DELETE", f"/devices/{phone.device}")
    assert answer.status_code == 204
    assert (await phone.call("GET", "/me")).status_code == 401


@pytest.mark.parametrize(("is_whole", "is_cut_off"), [(True, False), (False, True)])
async def test_a_removal_is_answered_once_all_of_it_is_here(
    paired_service: ChatService, is_whole: bool, is_cut_off: bool
) -> None:
    phone = await paired()
    removal = Download(phone, "DELETE")
    removal.incoming.put_nowait({"type": "http.request", "more_body": not is_whole})
    serving = asyncio.create_task(removal.serve())
    await removal.received.wait()
    (cut_off,) = presence._open[phone.device]
    await cut_off()
    assert removal.aborted == int(is_cut_off)
    removal.incoming.put_nowait({"type": "http.disconnect"})
    await asyncio.wait_for(serving, PATIENCE)
