"""Many paired phones come back at once, as after the router was restarted: when has the last one
caught up?

Physics. Each phone follows an answer of its own at 30 deltas a second, is gone for ten seconds and
misses 300 events. Coming back costs it a handshake, a look for its token in the database (one
thread for all), and 300 frames; 200 phones are 60,000 frames, which at some 40 µs are a few seconds
of one core, while all answers go on. Caught up is who has the first delta that was due after the
comeback began; the clock runs from the moment all begin to connect. One phone alone comes back in
the same run, so the ratio is the cost of the others.

    python3 -m bench.comeback [--phones 200] [--away 10]
"""

from __future__ import annotations

import argparse
import asyncio
import json
import time
from dataclasses import dataclass
from statistics import median

from bench import clock_server
from bench.clock_server import PER_SECOND
from bench.report import print_result, print_table, say
from bench.serving import serving
from bench.ticking import due_moments
from bench.wire_reader import WireReader, open_reader
from tests.live.live_server import LiveServer
from tests.live.raw_client import allow_many_files
from tests.live.remote_caller import from_address, pair

_TICKING_SECONDS = 120
_ALONE = 5


@dataclass(frozen=True, slots=True)
class Phone:
    """A paired device at an address of its own."""

    address: str
    token: str


@dataclass(frozen=True, slots=True)
class ReadPosition:
    """Where a phone was in its answer when it lost the connection."""

    phone: Phone
    run: str
    after: int


@dataclass(frozen=True, slots=True)
class Comeback:
    """Seconds until each of them had caught up, and the frames that each was sent for it."""

    seconds: list[float]
    frames: list[int]


def pair_phones(server: LiveServer, count: int) -> list[Phone]:
    addresses = [f"10.9.{number // 250}.{number % 250 + 1}" for number in range(count)]
    return [Phone(address, pair(server, from_address(address))["token"]) for address in addresses]


async def lose(server: LiveServer, phones: list[Phone]) -> list[ReadPosition]:
    """Each asks for an answer and reads it; once the last one does, all lose the connection."""
    readers = [await _begin(server, phone) for phone in phones]
    return [_lost(phone, reader) for phone, reader in zip(phones, readers, strict=True)]


async def come_back(server: LiveServer, positions: list[ReadPosition]) -> Comeback:
    """All at once."""
    began = time.monotonic()
    found = await asyncio.gather(*(_catch_up(server, position, began) for position in positions))
    return Comeback([seconds for seconds, _ in found], [frames for _, frames in found])


async def _begin(server: LiveServer, phone: Phone) -> WireReader:
    reader = await _hello(server, phone)
    content = f"{time.monotonic():.6f}"
    options = {"max_new_tokens": _TICKING_SECONDS * PER_SECOND}
    reader.send({"type": "send", "client_msg_id": content, "content": content, "options": options})
    await reader.frame("stream")
    return reader


async def _hello(server: LiveServer, phone: Phone) -> WireReader:
    reader = await open_reader(server.port, phone.address)
    reader.send({"type": "hello", "token": phone.token})
    return reader


def _lost(phone: Phone, reader: WireReader) -> ReadPosition:
    reader.close()
    texts = (one.payload for one in reversed(reader.arrivals) if b'"stream"' in one.payload)
    last = json.loads(next(texts))
    return ReadPosition(phone, last["run"], last["seq"])


async def _catch_up(server: LiveServer, position: ReadPosition, began: float) -> tuple[float, int]:
    reader = await _hello(server, position.phone)
    reader.send({"type": "attach", "run": position.run, "after": position.after, "epoch": 1})
    seen = 0

    def has_caught_up() -> bool:
        nonlocal seen
        while seen < len(reader.arrivals):
            if any(due > began for due in due_moments(reader.arrivals[seen])):
                return True
            seen += 1
        return False

    await reader.until(has_caught_up)
    seconds = reader.arrivals[seen].at - began
    reader.close()
    return seconds, seen


async def measure(server: LiveServer, phones: list[Phone], away: float) -> dict[str, Comeback]:
    positions = await lose(server, phones)
    await asyncio.sleep(away)
    alone = [await come_back(server, [position]) for position in positions[:_ALONE]]
    say("all of them")
    together = await come_back(server, positions)
    one = Comeback([each.seconds[0] for each in alone], [each.frames[0] for each in alone])
    return {"alone": one, "all at once": together}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--phones", type=int, default=200)
    parser.add_argument("--away", type=float, default=10)
    arguments = parser.parse_args()
    allow_many_files(4 * arguments.phones)
    with serving(clock_server.COMMAND, PAIRING=1, OPEN=0) as server:
        say("pairing")
        phones = pair_phones(server, arguments.phones)
        measured = asyncio.run(measure(server, phones, arguments.away))
    _print(measured)


def _print(measured: dict[str, Comeback]) -> None:
    rows = [
        (
            name,
            len(found.seconds),
            round(median(found.seconds), 3),
            round(max(found.seconds), 3),
            round(median(found.frames)),
        )
        for name, found in measured.items()
    ]
    heads = ("phones", "count", "median_s", "last_s", "frames_each")
    print_table(heads, rows)
    print_result(
        "comeback", {str(row[0]): dict(zip(heads[1:], row[1:], strict=True)) for row in rows}
    )


if __name__ == "__main__":
    main()
