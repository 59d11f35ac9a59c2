"""Many sockets, each following an answer of its own: how late is the text, and what does it cost?

Physics. 1,000 answers at 30 deltas a second are 30,000 deltas a second through one event loop.
As long as a frame costs less than 1/30,000 s = 33 µs of it the delay is what queues up while
other frames are sent, a few milliseconds; beyond that frames are gathered rather than queued,
so the delay grows to some frames' intervals and the number of frames falls. A bare ASGI
application on the same uvicorn takes its turn before: it gathers nothing, so where one `send`
costs more than 33 µs its queue grows for as long as it is looked at. The delay runs from the
moment a delta was due to the moment the client's process has it, on one monotonic clock; the
client shares the machine, so its own work is in it. CPU is that of the server's process.
Memory is the growth of its resident set over its number of sockets: idle, and following a run.

    python3 -m bench.sockets [--sockets 1000] [--seconds 10]
"""

from __future__ import annotations

import argparse
import asyncio
from dataclasses import dataclass
from statistics import quantiles

import psutil

from bench import bare_server, clock_server
from bench.clock_server import PER_SECOND
from bench.report import print_result, print_table, say
from bench.serving import serving
from bench.ticking import Window, begin_runs, open_sockets, stop_runs, watch
from tests.live.live_server import LiveServer
from tests.live.raw_client import allow_many_files

KIB = 1024
MICRO = 1e6
SERVERS = {"bare ASGI": bare_server.COMMAND, "MyLLM": clock_server.COMMAND}
Figures = dict[str, str | float | int]


@dataclass(frozen=True, slots=True)
class Load:
    """One server under load: the window, its CPU seconds, and bytes of memory per socket."""

    window: Window
    cpu_seconds: float
    idle_bytes: float
    following_bytes: float


async def load(server: LiveServer, sockets: int, seconds: float) -> Load:
    process = psutil.Process(server.pid)
    await _warm_up(server)
    empty = process.memory_info().rss
    readers = await open_sockets(server.port, sockets)
    idle = process.memory_info().rss
    runs = await begin_runs(readers, seconds)
    before = process.cpu_times()
    window = await watch(readers, seconds)
    after = process.cpu_times()
    following = process.memory_info().rss
    await stop_runs(readers, runs)
    spent = (after.user + after.system) - (before.user + before.system)
    return Load(
        window,
        cpu_seconds=spent,
        idle_bytes=(idle - empty) / sockets,
        following_bytes=(following - empty) / sockets,
    )


async def _warm_up(server: LiveServer) -> None:
    """What the first socket alone allocates is no socket's price."""
    readers = await open_sockets(server.port, 5)
    await stop_runs(readers, await begin_runs(readers, 1))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sockets", type=int, default=1000)
    parser.add_argument("--seconds", type=float, default=10)
    arguments = parser.parse_args()
    allow_many_files(2 * arguments.sockets)
    measured: dict[str, Figures] = {}
    for name, command in SERVERS.items():
        say(name)
        with serving(command) as server:
            found = asyncio.run(load(server, arguments.sockets, arguments.seconds))
        measured[name] = _figures(arguments.sockets, found)
    _print(measured)


def _figures(sockets: int, measured: Load) -> Figures:
    window = measured.window
    percent = quantiles(window.delays, n=100)
    return {
        "sockets": sockets,
        "deltas_wanted_per_second": sockets * PER_SECOND,
        "deltas_per_second": round(len(window.delays) / window.seconds),
        "frames_per_second": round(window.frames / window.seconds),
        "p50_ms": round(percent[49] * 1000, 1),
        "p99_ms": round(percent[98] * 1000, 1),
        "most_ms": round(max(window.delays) * 1000, 1),
        "cpu_us_per_frame": round(measured.cpu_seconds / window.frames * MICRO, 1),
        "cpu_us_per_delta": round(measured.cpu_seconds / len(window.delays) * MICRO, 1),
        "server_cpu_cores": round(measured.cpu_seconds / window.seconds, 2),
        "kib_per_idle_socket": round(measured.idle_bytes / KIB, 1),
        "kib_per_following_socket": round(measured.following_bytes / KIB, 1),
    }


def _print(measured: dict[str, Figures]) -> None:
    bare, product = measured.values()
    rows = [(key, bare[key], product[key]) for key in bare]
    print_table(("figure", *measured), rows)
    print_result("sockets", {"bare": bare, "myllm": product})


if __name__ == "__main__":
    main()
