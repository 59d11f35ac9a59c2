"""CPU time of this checkout beside another one, in rounds of which each measures both.

Physics. A change of structure adds function calls and imports, or removes them; neither changes
what is sent or drawn, so the CPU time per token, per delta, per page and per start covers all of
it. CPU time holds on a busy machine, and interleaved rounds meet the same machine. The median of
the rounds' ratios is reported with its 95 % interval; a loss above 5 % is excluded where `high` is
below 1.05.

    python3 -m bench.before_after FOLDER [--rounds 10] [--only start relay sockets page]

FOLDER is the other checkout, with its page built. The clients are those of this checkout.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import tempfile
from collections.abc import Callable, Mapping
from contextlib import AsyncExitStack
from pathlib import Path

import psutil

from bench import answer, answer_server, clock_server, relay, sockets, start
from bench.interval import interval_of
from bench.model import builtin_file
from bench.report import print_result, print_table, say
from bench.serving import serving_from
from tests.e2e.chromium import NAME
from tests.live.chat_socket import chat_socket
from tests.live.live_server import ROOT, SERVE, LiveServer

READERS = 4
TOKENS = 64
SOCKETS = 300
SECONDS = 5
SLOWER = 4
"""How much slower than this processor the page's is made."""
LOSS = 1.05
Measure = Callable[[Path, int], float]


def start_cpu(checkout: Path, number: int) -> float:
    """Seconds until HTTP 200, of the second start of a data folder."""
    with tempfile.TemporaryDirectory(prefix="myllm-bench-") as folder:
        server = start.server_of(checkout, Path(folder, "data"))
        return [start.start(server).cpu for _ in range(2)][-1]


def relay_cpu(checkout: Path, number: int) -> float:
    """Seconds of the server a token; the model runs in a process of its own."""
    slots = {"SLOTS": READERS, "SLOTS_PER_DEVICE": READERS}
    with serving_from(checkout, SERVE, builtin_file(), **slots) as server:
        return asyncio.run(_relay(server, number))


async def _relay(server: LiveServer, number: int) -> float:
    process = psutil.Process(server.pid)
    async with AsyncExitStack() as stack:
        open_ones = [
            await stack.enter_async_context(chat_socket(server.url)) for _ in range(READERS)
        ]
        await relay.relay(open_ones, relay.prompts(2 * number, READERS), 8)
        before = _spent(process)
        await relay.relay(open_ones, relay.prompts(2 * number + 1, READERS), TOKENS)
        return (_spent(process) - before) / (READERS * TOKENS)


def _spent(process: psutil.Process) -> float:
    times = process.cpu_times()
    return times.user + times.system


def sockets_cpu(checkout: Path, number: int) -> float:
    """Seconds of the server a delta."""
    with serving_from(checkout, clock_server.COMMAND, "scripted") as server:
        found = asyncio.run(sockets.load(server, SOCKETS, SECONDS))
    return found.cpu_seconds / len(found.window.delays)


def page_cpu(checkout: Path, number: int) -> float:
    """Seconds of script and layout of a long answer on the page."""
    page = checkout / start.PAGE
    command = answer_server.COMMAND
    with serving_from(checkout, command, "scripted", PAGE_DIR=page, HOSTS=NAME) as server:
        return asyncio.run(answer.write(server.port, SLOWER)).whole.both


MEASURES: Mapping[str, Measure] = {
    "start": start_cpu,
    "relay": relay_cpu,
    "sockets": sockets_cpu,
    "page": page_cpu,
}


def ratio(measure: Measure, other: Path, number: int) -> float:
    """This checkout's figure over the other one's; they take turns in going first."""
    order = [ROOT, other] if number % 2 else [other, ROOT]
    found = {checkout: measure(checkout, number) for checkout in order}
    return found[ROOT] / found[other]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("other", type=Path, metavar="FOLDER")
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--only", nargs="+", choices=MEASURES, default=list(MEASURES))
    arguments = parser.parse_args()
    os.environ[answer_server.PACE] = "30"
    ratios: dict[str, list[float]] = {name: [] for name in arguments.only}
    for number in range(arguments.rounds):
        for name, found in ratios.items():
            found.append(ratio(MEASURES[name], arguments.other.resolve(), number))
            say(f"round {number + 1} {name}: {found[-1]:.3f}")
    _print(ratios)


def _print(ratios: Mapping[str, list[float]]) -> None:
    intervals = {name: interval_of(found) for name, found in ratios.items()}
    rows = [(name, one.low, one.median, one.high, LOSS) for name, one in intervals.items()]
    print_table(("CPU, this over the other", "low", "median", "high", "wanted below"), rows)
    received = {name: [round(one, 3) for one in found] for name, found in ratios.items()}
    print_result("before_after", received)


if __name__ == "__main__":
    main()
