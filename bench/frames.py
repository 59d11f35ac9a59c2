"""What one frame costs the server, against a bare ASGI application on the same uvicorn.

Physics. A frame costs a wake-up of the event loop, a call into uvicorn, WebSocket framing and
one `send` system call; that is the bare application's price and cannot be saved. On top of it
the product pays for the run: the engine's lane, the coalescer, the log, the reader's wake-up,
the encoder, Channels. CPU time is of the server's process alone, so neither the client nor the
machine's other work is in it; a frame takes tens of microseconds and the kernel counts CPU in
10 ms, so thousands of frames are sent. The two servers take turns, and the ratio is what counts.

    python3 -m bench.frames [--sockets 100] [--seconds 5] [--repetitions 5]
"""

from __future__ import annotations

import argparse
import asyncio
from contextlib import ExitStack
from statistics import median

import psutil

from bench import bare_server, clock_server
from bench.report import print_result, print_table, say
from bench.serving import serving
from bench.ticking import begin_runs, open_sockets, stop_runs, watch
from tests.live.live_server import LiveServer

MICRO = 1e6
SERVERS = {"bare ASGI": bare_server.COMMAND, "MyLLM": clock_server.COMMAND}


async def cost_per_frame(server: LiveServer, sockets: int, seconds: float) -> float:
    """CPU seconds of the server's process for each frame that arrived."""
    process = psutil.Process(server.pid)
    readers = await open_sockets(server.port, sockets)
    runs = await begin_runs(readers, seconds)
    before = process.cpu_times()
    window = await watch(readers, seconds)
    after = process.cpu_times()
    await stop_runs(readers, runs)
    spent = (after.user + after.system) - (before.user + before.system)
    return spent / window.frames


def measure(arguments: argparse.Namespace) -> dict[str, list[float]]:
    """Microseconds per frame of both servers, repetition by repetition."""
    costs: dict[str, list[float]] = {name: [] for name in SERVERS}
    with ExitStack() as stack:
        servers = {name: stack.enter_context(serving(command)) for name, command in SERVERS.items()}
        for repetition in range(arguments.repetitions):
            for name, server in servers.items():
                say(f"{repetition + 1}/{arguments.repetitions} {name}")
                cost = asyncio.run(cost_per_frame(server, arguments.sockets, arguments.seconds))
                costs[name].append(cost * MICRO)
    return costs


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sockets", type=int, default=100)
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--repetitions", type=int, default=5)
    costs = measure(parser.parse_args())
    rows = [(name, median(values), min(values), max(values)) for name, values in costs.items()]
    print_table(("server", "µs per frame", "least", "most"), rows)
    bare, product = (median(values) for values in costs.values())
    ratio = median(ours / theirs for theirs, ours in zip(*costs.values(), strict=True))
    print_result(
        "frames",
        {"bare_us": round(bare, 1), "myllm_us": round(product, 1), "ratio": round(ratio, 2)},
    )


if __name__ == "__main__":
    main()
