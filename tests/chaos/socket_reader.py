"""Readers of one run over sockets, that come back with their cursor as the page does."""

from __future__ import annotations

import asyncio
import random
from contextlib import suppress
from dataclasses import dataclass

from websockets.exceptions import ConnectionClosed, InvalidHandshake

from tests.chaos.transcript import Transcript
from tests.live.chat_socket import ChatSocket, chat_socket

BROKEN = (OSError, EOFError, ConnectionClosed, InvalidHandshake)
_SILENCE_SECONDS = 120.0
"""Longer than any model of these tests takes to begin, with the machine busy."""
_PAUSE_SECONDS = 0.02
"""Nothing tells that a dead server is back but trying it."""


@dataclass(frozen=True, slots=True)
class Absences:
    """Goes away after some frames for some seconds, again and again, drawn from `dice`."""

    dice: random.Random
    most_frames: int = 12
    most_seconds: float = 1.5

    def frames(self) -> int:
        return self.dice.randint(1, self.most_frames)

    def seconds(self) -> float:
        return self.dice.uniform(0.1, self.most_seconds)


class SocketReader:
    """Reads to the end. Raises `TimeoutError` where nothing comes for two minutes."""

    def __init__(self, url: str, transcript: Transcript, absences: Absences | None = None) -> None:
        self._url = url
        self._transcript = transcript
        self._absences = absences

    async def read(self) -> Transcript:
        while not self._transcript.ended:
            with suppress(*BROKEN):
                async with chat_socket(self._url) as socket:
                    await self._attach(socket)
                    await self._read_on(socket)
            await asyncio.sleep(self._absences.seconds() if self._absences else _PAUSE_SECONDS)
        return self._transcript

    async def _attach(self, socket: ChatSocket) -> None:
        at = self._transcript
        await socket.send("hello", protocol=1, locale="en")
        await socket.send("attach", run=at.run, after=at.seq, epoch=at.epoch)

    async def _read_on(self, socket: ChatSocket) -> None:
        """Until the end, until it goes away, or until it has to attach again from nothing."""
        left = self._absences.frames() if self._absences else -1
        while not self._transcript.ended and left != 0:
            frame = await socket.receive(_SILENCE_SECONDS)
            if frame.get("run") != self._transcript.run:
                continue
            self._transcript.take(frame)
            if frame["type"] == "error":
                return
            left -= frame["type"] in ("stream", "snapshot")
