"""Two servers whose thousand answers tick in turns, and the CPU time that each burst takes."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field

import psutil

from bench.burst_server import Bursts
from bench.report import say
from bench.ticking import due_moments, open_sockets
from bench.wire_reader import WireReader
from tests.live.live_server import LiveServer

_REST_SECONDS = 1.5
"""After a burst, so that its checkpoint and its last frames count to it."""
_SOON_SECONDS = 3.0


@dataclass(frozen=True, slots=True)
class Load:
    """What each server has to do: in each of `rounds` a burst of `seconds`, in which every one
    of `sockets` reads `per_second` deltas a second.
    """

    sockets: int
    rounds: int
    seconds: float
    per_second: float

    @property
    def ticks(self) -> int:
        """Of one answer in one burst."""
        return int(self.seconds * self.per_second)


@dataclass(frozen=True, slots=True)
class Spent:
    """CPU seconds of the whole process, and of the event loop's thread alone."""

    process: float
    loop: float

    def __sub__(self, earlier: Spent) -> Spent:
        return Spent(self.process - earlier.process, self.loop - earlier.loop)


def spent_by(process: psutil.Process) -> Spent:
    """Since it began. The event loop runs in the thread with the process's own number."""
    found = process.cpu_times()
    (loop,) = [thread for thread in process.threads() if thread.id == process.pid]
    return Spent(found.user + found.system, loop.user_time + loop.system_time)


@dataclass(eq=False, slots=True)
class Turn:
    """One server with a socket on each answer; `spent` is the CPU time of each of its bursts,
    `delays` in seconds are those of every delta.
    """

    server: LiveServer
    readers: list[WireReader] = field(default_factory=list)
    spent: list[Spent] = field(default_factory=list)
    delays: list[float] = field(default_factory=list)

    async def open(self, load: Load) -> None:
        """Every socket gets an answer that waits for the bursts."""
        self.readers = await open_sockets(self.server.port, load.sockets)
        for number, reader in enumerate(self.readers):
            await _ask(reader, f"{number / load.sockets / load.per_second:.6f}")

    async def follow(self, bursts: Bursts, seconds: float) -> None:
        """Name the bursts and measure each; they are `seconds` long."""
        (conductor,) = await open_sockets(self.server.port, 1)
        await _ask(conductor, bursts.message())
        for reader in self.readers:
            reader.only_keep()
        process = psutil.Process(self.server.pid)
        for begin in bursts.begins:
            await asyncio.sleep(begin - time.monotonic())
            before = spent_by(process)
            await asyncio.sleep(begin + seconds + _REST_SECONDS - 0.1 - time.monotonic())
            self.spent.append(spent_by(process) - before)
        conductor.close()

    def close(self) -> None:
        """Read when the deltas came, and close the sockets."""
        for reader in self.readers:
            reader.take_apart()
            self.delays += [one.at - due for one in reader.arrivals for due in due_moments(one)]
            reader.close()


async def take_turns(turns: tuple[Turn, Turn], load: Load) -> None:
    """In every round either of the two has one burst; who begins alternates."""
    for turn in turns:
        say(f"opening {load.sockets} answers")
        await turn.open(load)
    period = load.seconds + _REST_SECONDS
    first = time.monotonic() + _SOON_SECONDS
    begins = [first + number * period for number in range(2 * load.rounds)]
    bursts = [Bursts(share, load.ticks, load.per_second) for share in _shares(begins)]
    say(f"{load.rounds} rounds, {2 * load.rounds * period:.0f} s")
    pairs = zip(turns, bursts, strict=True)
    await asyncio.gather(*(turn.follow(share, load.seconds) for turn, share in pairs))
    for turn in turns:
        turn.close()


def _shares(begins: list[float]) -> tuple[list[float], list[float]]:
    """A, B, B, A, A, B, B, A: whatever grows steadily falls on both alike."""
    one = [begin for number, begin in enumerate(begins) if number % 4 in (0, 3)]
    other = [begin for number, begin in enumerate(begins) if number % 4 in (1, 2)]
    return one, other


async def _ask(reader: WireReader, content: str) -> None:
    message = str(time.monotonic_ns())
    reader.send({"type": "send", "client_msg_id": message, "content": content})
    await reader.frame("accepted")
