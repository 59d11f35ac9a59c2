"""A phone in the storm: it reads runs over bad connections and keeps what it was told."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field

from websockets.exceptions import ConnectionClosed, InvalidHandshake

from tests.live.chat_socket import ChatSocket, Frame, chat_socket

BROKEN = (OSError, EOFError, ConnectionClosed, InvalidHandshake, TimeoutError)
_SILENCE_SECONDS = 0.6
_PAUSE_SECONDS = 0.02
"""Nothing tells that a dead server is back but trying it."""
_ATTEMPTS = 1000


@dataclass(eq=False)
class Told:
    """One run as one device was told of it. A step over a number is an `AssertionError`."""

    run: str
    epoch: int | None = None
    seq: int = 0
    text: dict[str, str] = field(default_factory=lambda: {"answer": "", "reasoning": ""})
    ends: Counter[int | None] = field(default_factory=Counter)
    """By epoch; None is that of a run which was stopped before anything of it was told."""

    @property
    def ended(self) -> bool:
        return self.ends[self.epoch] > 0

    def ended_once(self, epoch: int) -> bool:
        return self.ends[epoch] + self.ends[None] == 1 and max(self.ends.values()) == 1

    def take(self, frame: Frame) -> None:
        match frame["type"]:
            case "snapshot":
                assert self.epoch is None or frame["epoch"] >= self.epoch, frame
                self._begin(frame, frame["content"], frame["reasoning"])
            case "start" if frame["epoch"] != self.epoch:
                assert frame["seq"] == 1, f"a new epoch began in the middle: {frame}"
                self._begin(frame, "", "")
            case "start":
                self._step(frame)
            case "stream":
                self._step(frame)
                self.text[frame["channel"]] += frame["content"]
            case "end":
                self._step(frame)
                self.ends[self.epoch] += 1
            case "error":
                assert frame["code"] in ("shutting_down", "backend_failed"), frame

    def _begin(self, frame: Frame, answer: str, reasoning: str) -> None:
        self.epoch, self.seq = frame["epoch"], frame["seq"]
        self.text = {"answer": answer, "reasoning": reasoning}

    def _step(self, frame: Frame) -> None:
        assert frame["seq"] == self.seq + 1, f"{frame} after {self.seq} of epoch {self.epoch}"
        self.seq = frame["seq"]


async def ask(url: str, message: Mapping[str, object]) -> Frame:
    """Send a message until it is accepted, over as many connections as that takes."""
    for _ in range(_ATTEMPTS):
        with suppress(*BROKEN):
            async with chat_socket(url) as socket:
                await socket.send("send", **message)
                return await _accepted(socket)
        await asyncio.sleep(_PAUSE_SECONDS)
    raise AssertionError(f"{message} was never accepted")


async def read(url: str, run: str) -> Told:
    """Read a run to its end, coming back with the cursor whenever the connection fails."""
    told = Told(run)
    for _ in range(_ATTEMPTS):
        with suppress(*BROKEN):
            async with chat_socket(url) as socket:
                await _read_on(socket, told)
        if told.ended:
            return told
        await asyncio.sleep(_PAUSE_SECONDS)
    raise AssertionError(f"{told} never ended")


async def _accepted(socket: ChatSocket) -> Frame:
    while True:
        frame = await socket.receive(_SILENCE_SECONDS)
        assert frame["type"] != "error", frame
        if frame["type"] == "accepted":
            return frame


async def _read_on(socket: ChatSocket, told: Told) -> None:
    await socket.send("attach", run=told.run, after=told.seq, epoch=told.epoch)
    while not told.ended:
        told.take(await socket.receive(_SILENCE_SECONDS))
