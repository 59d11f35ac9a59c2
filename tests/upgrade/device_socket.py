"""A paired device's socket, as a client of the protocol opens it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from tests.live.chat_socket import ChatSocket, Frame, text_of
from tests.live.live_server import LiveServer
from tests.live.remote_caller import remote_socket


@asynccontextmanager
async def device_socket(server: LiveServer, token: str) -> AsyncIterator[ChatSocket]:
    """Open, after the server's `hello`."""
    async with remote_socket(server) as socket:
        await socket.tell("hello", token=token, locale="zh-CN")
        await socket.receive_next("hello")
        yield socket


async def end_of(socket: ChatSocket, run: str) -> Frame:
    """The run's last event; what comes before and of other runs is dropped."""
    while (frame := await socket.receive_next("end"))["run"] != run:
        pass
    return frame


async def text_until(socket: ChatSocket, run: str, length: int) -> str:
    """What the run has written, once it is so long."""
    text = ""
    while len(text) < length:
        frame = await socket.receive_next("stream")
        text += text_of([frame]) if frame["run"] == run else ""
    return text
