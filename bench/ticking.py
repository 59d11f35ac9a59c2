"""Many sockets that each follow a ticking run of their own."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass

from bench.clock_server import PER_SECOND
from bench.wire_reader import Arrival, WireReader, open_reader

_DUE = re.compile(rb"\d+\.\d{6}(?= )")
_OPENING_SECONDS = 0.03
"""Allowed for each run to begin. They tick from a common moment on, so that the first ones do
not take the time of the last ones' beginning.
"""
_SETTLING_SECONDS = 0.5
_MARGIN_SECONDS = 5
"""How much longer than the window runs tick."""
_AT_ONCE = 50
"""Sockets opened together; more would only wait in the listener's backlog."""


@dataclass(frozen=True, slots=True)
class Window:
    """What one measured stretch of time brought: frames, and each delta's delay in seconds."""

    seconds: float
    frames: int
    delays: list[float]


async def open_sockets(port: int, count: int) -> list[WireReader]:
    """Connected and idle."""
    sockets: list[WireReader] = []
    for begin in range(0, count, _AT_ONCE):
        size = min(_AT_ONCE, count - begin)
        sockets += await asyncio.gather(*(open_reader(port) for _ in range(size)))
    return sockets


async def begin_runs(sockets: list[WireReader], seconds: float) -> list[str]:
    """A run on every socket, all of them ticking; their ids."""
    ticks = int((seconds + _MARGIN_SECONDS) * PER_SECOND)
    begins = time.monotonic() + 1 + _OPENING_SECONDS * len(sockets)
    runs: list[str] = []
    for number, socket in enumerate(sockets):
        phase = number / len(sockets) / PER_SECOND
        runs.append(await _begin_run(socket, ticks, begins + phase))
    for socket in sockets:
        socket.only_keep()
    await asyncio.sleep(begins + _SETTLING_SECONDS - time.monotonic())
    return runs


async def watch(sockets: list[WireReader], seconds: float) -> Window:
    """Read for some time; what came before does not count."""
    began = time.monotonic()
    await asyncio.sleep(seconds)
    ended = time.monotonic()
    for socket in sockets:
        socket.take_apart()
    came = (arrival for socket in sockets for arrival in socket.arrivals)
    arrivals = [arrival for arrival in came if began <= arrival.at < ended]
    delays = [arrival.at - due for arrival in arrivals for due in due_moments(arrival)]
    return Window(ended - began, len(arrivals), delays)


async def stop_runs(sockets: list[WireReader], runs: list[str]) -> None:
    """Stop the model of each run and close its socket."""
    for socket, run in zip(sockets, runs, strict=True):
        socket.send({"type": "stop", "run": run})
        await asyncio.sleep(0)
    await asyncio.sleep(0.5)  # what is still under way would be measured with the next stretch
    for socket in sockets:
        socket.close()


async def _begin_run(socket: WireReader, ticks: int, begins: float) -> str:
    socket.send(
        {
            "type": "send",
            "client_msg_id": str(time.monotonic_ns()),
            "content": f"{begins:.6f}",
            "options": {"max_new_tokens": ticks},
        }
    )
    run: str = (await socket.frame("accepted"))["run"]
    return run


def due_moments(arrival: Arrival) -> Iterator[float]:
    """One per tick: a frame holds several when the server gathered them."""
    return map(float, _DUE.findall(arrival.payload))
