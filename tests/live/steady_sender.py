"""A client that sends short messages while something else happens."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from tests.live.chat_socket import ChatSocket, Frame, chat_socket
from tests.live.live_server import LiveServer

_PAUSE = 0.05
_PATIENCE = 120.0
"""Slower than this is a failure; how slow a send was is for benchmarks."""


@dataclass(slots=True)
class Sends:
    """Seconds from each send to its `accepted`, and the codes of refused ones."""

    accepted: list[float] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


async def send_while(server: LiveServer, happens: Callable[[], Awaitable[object]]) -> Sends:
    """Send one message after the other until `happens` has ended; each begins a conversation."""
    sends = Sends()
    async with chat_socket(server.url) as socket:
        happening = asyncio.ensure_future(happens())
        while not happening.done() or not sends.accepted:
            await _send(socket, sends)
            await asyncio.sleep(_PAUSE)
        await happening
    return sends


async def _send(socket: ChatSocket, sends: Sends) -> None:
    key = f"steady-{len(sends.accepted) + len(sends.refused)}-{time.monotonic_ns()}"
    began = time.monotonic()
    options = {"max_new_tokens": 1}
    await socket.tell("send", client_msg_id=key, content="你好", options=options)
    reply = await _reply(socket, key)
    if reply["type"] == "accepted":
        sends.accepted.append(time.monotonic() - began)
    else:
        sends.refused.append(reply["code"])


async def _reply(socket: ChatSocket, key: str) -> Frame:
    while True:
        frame = await socket.receive(_PATIENCE)
        if frame["type"] == "error" or frame.get("client_msg_id") == key:
            return frame
