"""A reader that loses its connection again and again and resumes at its cursor."""

from __future__ import annotations

from contextlib import suppress

from websockets.exceptions import ConnectionClosed, InvalidHandshake

from tests.live.chat_socket import ChatSocket, Frame, chat_socket

_SILENCE_SECONDS = 0.4
"""Far longer than any gap between frames of the models it is used with."""
_ATTEMPTS = 500


class PatientReader:
    """Reads one run to its end by `attach(run, after, epoch)`, over as many sockets as it takes."""

    def __init__(self, url: str, run: str) -> None:
        self.events: list[Frame] = []
        self._url = url
        self._run = run
        self._epoch: int | None = None

    @property
    def after(self) -> int:
        return int(self.events[-1]["seq"]) if self.events else 0

    async def read(self) -> list[Frame]:
        """Every event in the order of arrival."""
        for _ in range(_ATTEMPTS):
            with suppress(OSError, EOFError, ConnectionClosed, InvalidHandshake, TimeoutError):
                async with chat_socket(self._url) as socket:
                    await self._read_on(socket)
            if self._ended:
                return self.events
        raise AssertionError(f"no end after {_ATTEMPTS} connections: {self.events[-3:]}")

    async def _read_on(self, socket: ChatSocket) -> None:
        await socket.tell("attach", run=self._run, after=self.after, epoch=self._epoch)
        while not self._ended:
            frame = await socket.receive(within=_SILENCE_SECONDS)
            assert frame["type"] != "error", frame
            self._epoch = frame.get("epoch", self._epoch)
            self.events.append(frame)

    @property
    def _ended(self) -> bool:
        return bool(self.events) and self.events[-1]["type"] == "end"
