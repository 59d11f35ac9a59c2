"""Sockets: which are accepted by the first frame, refused, or disconnected later."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import Settings

from chat.access import identification, presence
from chat.access.authentication import Authentication
from chat.access.unauthenticated_sockets import unauthenticated_sockets
from chat.actor import Role
from chat.members import pairing
from chat.models import Device, Member
from chat.service import ChatService
from chat.store import in_database
from chat.store.devices import KnownDevice
from MyLLM.asgi import application
from tests.chat.paired_server import HERE, HOST, PHONE, Caller, Socket, owner, paired, unpaired
from tests.overrides import Overrides
from tests.patience import PATIENCE


async def test_a_good_token_is_greeted_as_its_device(paired_service: ChatService) -> None:
    phone = await paired()
    async with phone.socket() as socket:
        hello = await socket.ask({"type": "hello", "token": phone.token})
        assert (hello["type"], hello["device"]) == ("hello", phone.device)
        assert (await socket.ask({"type": "ping"}))["type"] == "pong"


@pytest.mark.parametrize("token", [None, "", "x" * 43])
async def test_an_unpaired_socket_gets_an_error_and_is_closed(
    paired_service: ChatService, token: str | None
) -> None:
    async with unpaired().socket() as socket:
        error = await socket.ask({"type": "hello", "token": token})
        assert (error["code"], error["retryable"]) == ("unpaired", False)
        assert "manage.py pair" in error["message"]
        assert await socket.closed_with() == 4401


@pytest.mark.parametrize("frame", ["[]", "{", '{"message": "x"}', '{"type": "hello", "token": 5}'])
async def test_the_first_frame_has_to_be_a_good_hello(
    paired_service: ChatService, frame: str
) -> None:
    async with unpaired().socket() as socket:
        await socket.wire.send_to(text_data=frame)
        assert (await socket.receive())["code"] == "unpaired"
        assert await socket.closed_with() == 4401


async def test_another_protocol_version_is_refused_first(
    paired_service: ChatService,
) -> None:
    async with unpaired().socket() as socket:
        error = await socket.ask({"type": "hello", "protocol": 99, "token": "x"})
        assert error["code"] == "unsupported_protocol"


async def test_silence_ends_with_the_time_for_hello(
    paired_service: ChatService, conf: Overrides
) -> None:
    conf.hello_seconds = 0.05
    async with unpaired().socket() as socket:
        assert (await socket.receive())["code"] == "unpaired"
        assert await socket.closed_with() == 4401


async def test_an_authenticated_socket_needs_no_hello(paired_service: ChatService) -> None:
    async with (await paired()).known_socket() as socket, owner().socket():
        assert (await socket.ask({"type": "ping"}))["type"] == "pong"
        assert not [task for task in asyncio.all_tasks() if task.get_name() == "hello"]


async def test_this_computer_needs_no_hello_unless_a_proxy_speaks(
    paired_service: ChatService,
) -> None:
    async with owner().socket() as socket:
        assert (await socket.ask({"message": "你好"}))["type"] == "start"
    proxied = {"x-forwarded-for": "203.0.113.5"}
    async with owner().socket(**proxied) as socket:
        assert (await socket.ask({"message": "你好"}))["code"] == "unpaired"


async def test_behind_a_proxy_without_headers_this_computer_is_unauthenticated(
    paired_service: ChatService, conf: Overrides
) -> None:
    conf.local_owner = False
    async with owner().socket() as socket:
        assert (await socket.ask({"message": "你好"}))["code"] == "unpaired"
    assert (await owner().call("GET", "/me")).status_code == 401


async def test_sockets_that_say_nothing_are_few(
    paired_service: ChatService, conf: Overrides
) -> None:
    conf.unpaired_sockets_per_address = 2
    phone = await paired()
    async with unpaired().socket(), phone.socket() as second:
        assert not await Socket(PHONE).connect()
        assert await Socket(HERE).connect()
        await second.ask({"type": "hello", "token": phone.token})
        async with phone.known_socket():
            assert len(unauthenticated_sockets) == 1
    assert len(unauthenticated_sockets) == 0


async def test_at_the_limit_the_oldest_unauthenticated_socket_is_closed(
    paired_service: ChatService, conf: Overrides, monkeypatch: pytest.MonkeyPatch
) -> None:
    conf.unpaired_sockets = 2
    phone = await paired()
    async with unpaired().socket(), Caller("192.168.43.21").socket():
        assert not await Socket("192.168.43.22").connect()
    monkeypatch.setattr("chat.access.unauthenticated_sockets._LEAST_SECONDS", 0.0)
    async with unpaired().socket() as first, Caller("192.168.43.21").socket() as second:
        async with phone.known_socket():
            assert await first.closed_with() == 4401
            assert await second.wire.receive_nothing(0.05)
        async with Caller("192.168.43.22").socket(), Caller("192.168.43.23").socket():
            assert await second.closed_with() == 4401
    assert len(unauthenticated_sockets) == 0


@pytest.mark.parametrize("name", ["token", "access_token", "TOKEN"])
async def test_a_token_in_the_address_is_refused(paired_service: ChatService, name: str) -> None:
    phone = await paired()
    query = f"?{name}={phone.token}"
    assert not await Socket(PHONE, query).connect()
    response = await unpaired().call("GET", f"/conversations{query}")
    assert (response.status_code, response.json()["code"]) == (400, "token_in_address")
    assert phone.token not in response.text
    assert (await owner().call("GET", f"/conversations{query}")).status_code == 400


async def test_a_revoked_device_is_cut_off(paired_service: ChatService) -> None:
    phone, other = await paired(), await paired()
    async with (
        phone.known_socket() as first,
        phone.known_socket() as second,
        other.known_socket() as stays,
    ):
        await owner().call("DELETE", f"/devices/{phone.device}")
        assert [await first.closed_with(), await second.closed_with()] == [4401, 4401]
        assert (await stays.ask({"type": "ping"}))["type"] == "pong"


async def test_it_does_not_matter_who_revokes(paired_service: ChatService) -> None:
    phone = await paired()
    async with phone.known_socket() as socket:
        await in_database(Device.objects.filter(pk=phone.device).update, revoked_at=timezone.now())
        assert (await socket.receive("error"))["code"] == "unpaired"
        assert await socket.closed_with() == 4401


async def test_a_guests_sockets_end_with_the_day(paired_service: ChatService) -> None:
    guest = await paired(Role.GUEST)
    async with guest.known_socket() as socket:
        await socket.begin()
        await in_database(Member.objects.filter(pk=guest.owner).update, expires_at=timezone.now())
        assert await socket.closed_with() == 4401
        await _until(lambda: not Member.objects.filter(pk=guest.owner).exists())
    assert paired_service._opener.runs.live() == ()


async def test_a_device_here_is_seen_while_it_is_silent(
    paired_service: ChatService, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(presence, "_CHECKS_A_MINUTE", 1)
    phone = await paired()
    async with phone.known_socket():
        long_ago = timezone.now().replace(year=2020)
        await in_database(Device.objects.update, last_seen=long_ago)
        await _until(lambda: not Device.objects.filter(last_seen=long_ago).exists())


async def test_checks_end_with_the_last_connection(paired_service: ChatService) -> None:
    async with (await paired()).known_socket():
        looking = presence.presence._checking
        assert looking
    await asyncio.wait_for(looking, PATIENCE)
    assert not presence.presence._open


async def test_hello_as_another_member_ends_the_readers(
    paired_service: ChatService,
) -> None:
    member = await paired(Role.MEMBER)
    async with owner().socket() as socket:
        run = await socket.begin()
        hello = {"type": "hello", "token": member.token}
        await socket.send(hello)
        assert (await socket.receive("hello"))["device"] == member.device
        assert await socket.wire.receive_nothing(0.2)
        assert (await socket.ask({"type": "attach", "run": run}))["code"] == "unknown_run"


async def test_a_foreign_page_is_refused_before_its_token_is_looked_at(
    paired_service: ChatService,
) -> None:
    phone = await paired()
    response = await phone.call("GET", "/me", origin="http://evil.example")
    assert response.status_code == 403
    assert not await Socket(PHONE, origin="http://evil.example").connect()
    own = await phone.call("GET", "/me", origin=f"http://{HOST}")
    assert own.status_code == 200


async def test_a_listed_page_can_read_why_it_is_refused(
    paired_service: ChatService, settings: Settings, conf: Overrides
) -> None:
    conf.origins = ("https://friend.example",)
    settings.CORS_ALLOWED_ORIGINS = ["https://friend.example"]
    origin = {"origin": "https://friend.example"}
    refused = await unpaired().call("GET", "/me", **origin)
    assert refused.headers["access-control-allow-origin"] == "https://friend.example"
    requested = {
        "access-control-request-method": "GET",
        "access-control-request-headers": "authorization",
    }
    preflight = await unpaired().call("OPTIONS", "/me", **origin, **requested)
    assert preflight.status_code == 200
    assert "authorization" in preflight.headers["access-control-allow-headers"]


async def _until(happened: Callable[[], bool]) -> None:
    """The database is the only source; other tasks run during every query."""
    async with asyncio.timeout(PATIENCE):
        while not await in_database(happened):
            pass


async def test_a_socket_that_does_not_read_blocks_no_others(paired_service: ChatService) -> None:
    phone, stalled = await paired(), await paired()
    release = asyncio.Event()

    async def hang() -> None:
        await release.wait()

    async with phone.known_socket() as socket:
        presence.presence.enter(stalled.device, hang)
        for device in (stalled.device, phone.device):
            await owner().call("DELETE", f"/devices/{device}")
        assert await socket.closed_with() == 4401
        presence.presence.leave(stalled.device, hang)
        release.set()


@pytest.mark.parametrize("root", ["", "/chat"])
async def test_private_paths_are_protected_below_a_prefix(
    paired_service: ChatService, root: str
) -> None:
    sent: list[dict[str, Any]] = []

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    async def nothing(*_: object) -> None:
        raise AssertionError("an unpaired caller was accepted")

    path = f"{root}/api/v1/docs"
    scope = {"type": "http", "method": "GET", "path": path, "root_path": root, "headers": []}
    await Authentication(nothing)(scope | {"client": (PHONE, 5)}, nothing, send)
    assert sent[0]["status"] == 401


async def test_running_authentication_ends_without_an_error_when_the_socket_closes(
    paired_service: ChatService, monkeypatch: pytest.MonkeyPatch, conf: Overrides
) -> None:
    conf.hello_seconds = 1
    phone, requested, known = await paired(), asyncio.Event(), asyncio.Event()

    async def slow(token: str) -> KnownDevice | None:
        requested.set()
        await known.wait()
        return await pairing.recognise(token)

    monkeypatch.setattr(identification, "recognise", slow)
    async with phone.socket() as socket:
        await socket.send({"type": "hello", "token": phone.token})
        await requested.wait()
        assert await socket.closed_with() == 4401
        known.set()
        assert await socket.wire.receive_nothing(0.2)


async def test_a_socket_closed_before_it_is_opened_is_not_counted(
    paired_service: ChatService,
) -> None:
    async def closed(message: object) -> None:
        raise ConnectionResetError

    async def connecting() -> Any:
        return {"type": "websocket.connect"}

    headers = [(b"host", HOST.encode())]
    place = {"path": "/ws/chat/", "client": (PHONE, 5), "headers": headers}
    scope: Any = {"type": "websocket", **place}
    with pytest.raises(ConnectionResetError):
        await application(scope, connecting, closed)
    assert len(unauthenticated_sockets) == 0
