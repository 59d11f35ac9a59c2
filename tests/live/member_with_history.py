"""A member who uploads a long history."""

from __future__ import annotations

import asyncio
import http.client
import json
import secrets
import sqlite3
import time
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from tests.live.live_server import LiveServer
from tests.live.remote_caller import REMOTE, call
from tests.patience import PATIENCE

_PATIENCE = 600
_POLL_SECONDS = 0.2
HISTORY = "long"
"""The conversation's id."""


@dataclass(frozen=True, slots=True)
class PairedMember:
    """A member with one device, which calls from another address."""

    id: str
    token: str

    @property
    def headers(self) -> dict[str, str]:
        return {**REMOTE, "Authorization": f"Bearer {self.token}"}


def invite_member(server: LiveServer, name: str = "Ming") -> PairedMember:
    """Created by the owner at the computer."""
    _, member = call(server, "POST", "/api/v1/members", {"name": name})
    password = {"password": secrets.token_urlsafe(16)}
    call(server, "PATCH", f"/api/v1/members/{member['id']}", password)
    body = {"member": name, "name": "Phone", **password}
    status, made = call(server, "POST", "/api/v1/pair/password", body, **REMOTE)
    assert status == 201, made
    return PairedMember(member["id"], made["token"])


def history(count: int, key: str = HISTORY) -> bytes:
    """A file of one conversation of so many messages of one letter."""
    messages = [
        {
            "id": f"{key}-{n}",
            "parent": f"{key}-{n - 1}" if n else None,
            "role": ("user", "assistant")[n % 2],
            "content": "x",
        }
        for n in range(count)
    ]
    conversation = {"id": key, "title": key, "messages": messages}
    return json.dumps({"format": "myllm", "version": 1, "conversations": [conversation]}).encode()


async def upload(server: LiveServer, member: PairedMember, body: bytes) -> tuple[int, Any]:
    """The status of the import, and its response."""
    return await asyncio.to_thread(_upload, server, member, body)


async def remove(server: LiveServer, member: PairedMember) -> None:
    """Remove the member as the owner; returns once the history is deleted."""
    await asyncio.to_thread(_remove, server, member)


def messages_in(server: LiveServer, conversation: str) -> int:
    """The number of its messages in the database, whoever owns it."""
    counted = "SELECT count(*) FROM chat_message WHERE conversation_id = ?"
    with closing(sqlite3.connect(server.folder / "myllm.sqlite3", timeout=PATIENCE)) as database:
        count: int = database.execute(counted, (conversation,)).fetchone()[0]
    return count


def _upload(server: LiveServer, member: PairedMember, body: bytes) -> tuple[int, Any]:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=_PATIENCE)
    try:
        headers = {"Content-Type": "application/json", **member.headers}
        connection.request("POST", "/api/v1/import", body, headers)
        response = connection.getresponse()
        return response.status, json.load(response)
    finally:
        connection.close()


def _remove(server: LiveServer, member: PairedMember) -> None:
    status, _ = call(server, "DELETE", f"/api/v1/members/{member.id}")
    assert status == 204
    while messages_in(server, HISTORY):
        time.sleep(_POLL_SECONDS)
