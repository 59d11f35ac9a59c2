"""A server with paired devices and its callers, through the whole application."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
from channels.testing import WebsocketCommunicator

from chat.actor import TERMINAL, Role
from chat.members import members, pairing
from chat.store import in_database
from chat.store.members import add_member, ensure_owner
from MyLLM.asgi import application
from tests.patience import PATIENCE

HERE = "127.0.0.1"
PHONE = "192.168.43.20"
HOST = "192.168.43.1:8000"

Frame = dict[str, Any]


class Caller:
    """A caller at `address`, with or without a token."""

    def __init__(self, address: str, token: str | None = None) -> None:
        self.address = address
        self.token = token
        self.device = ""
        self.owner = ""

    async def call(self, method: str, path: str, body: object = None, **headers: str) -> Any:
        """The response of a route below `/api/v1`."""
        return await self.ask(method, f"/api/v1{path}", body, **headers)

    async def ask(self, method: str, path: str, body: object = None, **headers: str) -> Any:
        transport = httpx.ASGITransport(application, client=(self.address, 5))
        shown = {"authorization": f"Bearer {self.token}"} if self.token else {}
        async with httpx.AsyncClient(transport=transport, base_url=f"http://{HOST}") as browser:
            return await browser.request(
                method, path, json=body, headers={"accept-language": "en"} | shown | headers
            )

    @asynccontextmanager
    async def socket(self, query: str = "", **headers: str) -> AsyncIterator[Socket]:
        """An open socket that has sent nothing."""
        opened = Socket(self.address, query, **headers)
        assert await opened.connect()
        try:
            yield opened
        finally:
            await opened.wire.disconnect()

    @asynccontextmanager
    async def known_socket(self) -> AsyncIterator[Socket]:
        """A socket that has sent `hello`."""
        async with self.socket() as opened:
            assert (await opened.ask({"type": "hello", "token": self.token}))["type"] == "hello"
            yield opened


class Socket:
    """A socket that sends and receives frames."""

    def __init__(self, address: str, query: str = "", **headers: str) -> None:
        given = {"host": HOST, "accept-language": "en"} | headers
        pairs = [(name.encode(), value.encode()) for name, value in given.items()]
        self.wire = WebsocketCommunicator(application, f"/ws/chat/{query}", headers=pairs)
        self.wire.scope["client"] = (address, 5)

    async def connect(self) -> bool:
        opened, _ = await self.wire.connect(timeout=PATIENCE)
        return bool(opened)

    async def send(self, frame: object) -> None:
        await self.wire.send_to(text_data=json.dumps(frame))

    async def receive(self, *types: str) -> Frame:
        """The next frame, or the next of these types."""
        while True:
            frame: Frame = json.loads(await self.wire.receive_from(timeout=PATIENCE))
            if not types or frame["type"] in types:
                return frame

    async def begin(self) -> str:
        """Begin an endless answer and return its run."""
        model = "scripted/endless"
        await self.send({"type": "send", "client_msg_id": "a", "content": "数", "model": model})
        return str((await self.receive("stream"))["run"])

    async def ask(self, frame: object) -> Frame:
        """Send a frame and return its answer; notifications about models are skipped."""
        await self.send(frame)
        return await self.receive("hello", "accepted", "start", "snapshot", "end", "pong", "error")

    async def closed_with(self) -> int:
        """The close code; frames before it are skipped."""
        while (message := await self.wire.receive_output(timeout=PATIENCE))[
            "type"
        ] != "websocket.close":
            pass
        return int(message["code"])


def owner() -> Caller:
    """A caller on the computer itself."""
    return Caller(HERE)


def unpaired() -> Caller:
    """A caller on the same network, without a token."""
    return Caller(PHONE)


async def paired(role: Role = Role.OWNER) -> Caller:
    """A phone of a new member of this role, or of the owner's."""
    member = await _member(role)
    invitation = await pairing.invite(member)
    made = await pairing.redeem(invitation.code, "Phone", PHONE)
    phone = Caller(PHONE, made.token)
    phone.device, phone.owner = made.device.id, member
    return phone


async def program(role: Role = Role.OWNER) -> Caller:
    """A program with an API key of a new member of this role, or of the owner's."""
    member = await _member(role)
    await in_database(ensure_owner)
    made = await pairing.issue_key(member, "Script")
    caller = Caller(PHONE, made.token)
    caller.device, caller.owner = made.device.id, member
    return caller


async def _member(role: Role) -> str:
    if role is Role.GUEST:
        return (await members.add_guest(TERMINAL)).id
    if role is Role.MEMBER:
        return (await in_database(add_member, "Ming")).id
    return "everyone"
