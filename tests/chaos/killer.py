"""Kills a server at drawn moments and starts it again: the same port, the same data folder."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path

from tests.chaos.damage import Damage, no_damage
from tests.chaos.moments import Kill, Moment
from tests.chaos.transcript import Transcript
from tests.live.live_server import LiveServer

_LOOK_SECONDS = 0.002


class Killer:
    """Counts its kills; `back_seconds` are those from a kill until the server answers HTTP."""

    def __init__(self, server: LiveServer, damage: Damage = no_damage) -> None:
        self._server = server
        self._damage = damage
        self.kills: Counter[Moment] = Counter()
        self.starts_killed = 0
        self.back_seconds: list[float] = []

    async def kill(self, kill: Kill, reader: Transcript, usual: float) -> bool:
        """Wait for the moment in what `reader` is told, of an answer as long as usual, and kill.

        Whether the server was killed: not where the answer ended before any other moment.
        """
        await self._moment(kill, reader, usual)
        if reader.ended and kill.moment != "end":
            return False
        await asyncio.sleep(kill.delay)
        self._server.kill()
        self.kills[kill.moment] += 1
        self._damage(self._server.folder)
        await self._start_again(kill)
        return True

    async def _start_again(self, kill: Kill) -> None:
        for seconds in kill.starts:
            self._server.spawn()
            await asyncio.sleep(seconds)
            self._server.kill()
            self.starts_killed += 1
        began = time.monotonic()
        await asyncio.to_thread(self._server.start)
        self.back_seconds.append(time.monotonic() - began)

    async def _moment(self, kill: Kill, reader: Transcript, usual: float) -> None:
        seq, length = reader.seq, length_of(reader)
        written = _written(self._server.folder)
        wanted = length + kill.share * max(usual - length, 0)

        def has_come() -> bool:
            match kill.moment:
                case "start":
                    return reader.seq > seq
                case "text" | "late":
                    return reader.seq > seq and length_of(reader) >= wanted
                case "checkpoint":
                    return reader.seq > 0 and _written(self._server.folder) != written
            return kill.moment == "accepted"

        # Nothing tells that a file was written but looking at it.
        while not reader.ended and not has_come():  # noqa: ASYNC110
            await asyncio.sleep(_LOOK_SECONDS)


def length_of(reader: Transcript) -> int:
    """Characters of both channels."""
    return sum(map(len, reader.texts.values()))


def _written(folder: Path) -> int:
    """When the database was last written, in nanoseconds; 0 where it is not there."""
    with suppress(FileNotFoundError):
        return (folder / "myllm.sqlite3-wal").stat().st_mtime_ns
    return 0
