"""A client of `ws/chat/`: frames as dictionaries, and a limit for every wait."""

from __future__ import annotations

import asyncio
import json
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from tests.patience import PATIENCE

Frame = dict[str, Any]

_WAIT_SECONDS = PATIENCE


class ChatSocket:
    """One connection. Receiving raises `TimeoutError` rather than wait forever."""

    def __init__(self, connection: ClientConnection) -> None:
        self.connection = connection

    async def tell(self, kind: str, **fields: object) -> None:
        await self.connection.send(json.dumps({"type": kind, **fields}))

    async def receive(self, within: float = _WAIT_SECONDS) -> Frame:
        async with asyncio.timeout(within):
            frame: Frame = json.loads(await self.connection.recv())
            return frame

    async def receive_until(self, kind: str, within: float = _WAIT_SECONDS) -> list[Frame]:
        """All frames up to and with the next of this type."""
        frames: list[Frame] = []
        async with asyncio.timeout(within):
            while not frames or frames[-1]["type"] != kind:
                frames.append(await self.receive(within))
        return frames

    async def receive_next(self, kind: str) -> Frame:
        """The next frame of this type; those before it are dropped."""
        return (await self.receive_until(kind))[-1]

    async def ask(self, content: str, model: str | None = None, **fields: object) -> Frame:
        """Send a message; the server's `accepted`."""
        message = secrets.token_hex(8)
        await self.tell("send", client_msg_id=message, content=content, model=model, **fields)
        return await self.receive_next("accepted")

    async def answer(
        self,
        content: str,
        model: str | None = None,
        within: float = _WAIT_SECONDS,
        **fields: object,
    ) -> list[Frame]:
        """Send a message; the frames after `accepted`, up to and including the end."""
        await self.ask(content, model, **fields)
        return await self.receive_until("end", within)

    async def still_answers(self) -> bool:
        await self.tell("ping")
        return bool(await self.receive_next("pong"))

    async def closed_with(self) -> int | None:
        """The code with which the server closes; frames before it are dropped."""
        async with asyncio.timeout(_WAIT_SECONDS):
            with suppress(ConnectionClosed):
                while True:
                    await self.connection.recv()
        return self.connection.close_code


@asynccontextmanager
async def chat_socket(url: str) -> AsyncIterator[ChatSocket]:
    """Connects directly, whatever proxy the environment configures."""
    async with connect(url, proxy=None, max_size=None, close_timeout=1) as connection:
        yield ChatSocket(connection)


def text_of(frames: list[Frame], channel: str = "answer") -> str:
    """The text of one channel's `stream` frames."""
    return "".join(
        frame["content"]
        for frame in frames
        if frame["type"] == "stream" and frame["channel"] == channel
    )
