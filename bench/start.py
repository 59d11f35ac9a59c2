"""From the command to the first answer, on a machine where all is installed and fetched.

Physics. Two things have to happen and they overlap: Python imports Django and opens the
database, which ends with the first HTTP 200, and llama.cpp maps the model's file and allocates
its KV cache, which the first token waits for. The message is sent the moment the page could
be, so the model's own prefill of a short prompt is in the second figure. The page counts as
built and the file lies in the page cache after the first repetition, as it does for anybody who
starts the server twice a day.

    python3 -m bench.start [--repetitions 5] [--against FOLDER]

FOLDER is another checkout, say of an older commit (`git worktree add`), with its page built. The
two start in turns, so that whatever else the machine does meets both.
"""

from __future__ import annotations

import argparse
import asyncio
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import NamedTuple

import psutil

from bench.model import builtin_file
from bench.report import print_result, print_table, say
from tests.builtin_models import offer
from tests.live.chat_socket import chat_socket
from tests.live.live_server import ROOT, LiveServer

SETTLED = 1
"""The first start of a data folder makes the database, and the page if need be: reported
separately.
"""
PAGE = Path("client-uniapp", "dist", "build", "h5")


class Start(NamedTuple):
    """Seconds since the command; `cpu` are those the process computed until its HTTP 200, which
    hold on a busy machine too.
    """

    http: float
    cpu: float
    token: float


async def first_token(url: str) -> float:
    """When it came. Returns after the answer's end: what is cut off goes on at the next start, and
    would be measured there.
    """
    async with chat_socket(url) as socket:
        await socket.ask("Hello!", options={"max_new_tokens": 4})
        await socket.receive_next("stream")
        came = time.monotonic()
        await socket.receive_next("end")
        return came


def start(server: LiveServer) -> Start:
    began = time.monotonic()
    with server:
        http = time.monotonic() - began
        spent = cpu_of(psutil.Process(server.pid))
        token = asyncio.run(first_token(server.url)) - began
        return Start(http, spent, token)


def cpu_of(process: psutil.Process) -> float:
    """With that of the server which it guards."""
    spent = [one.cpu_times() for one in (process, *process.children())]
    return sum(times.user + times.system for times in spent)


def server_of(checkout: Path, folder: Path) -> LiveServer:
    """The checkout's own `serve`, with the built-in model there already."""
    folder.mkdir()
    offer(folder, builtin_file())
    command = (str(checkout / "manage.py"), "serve")
    page = checkout / PAGE
    return LiveServer(folder, command, checkout, MODELS="smollm2", PAGE_DIR=page, RESPAWNS=5)


def compare(servers: dict[str, LiveServer], repetitions: int) -> dict[str, list[Start]]:
    """Every server's starts; they take turns."""
    starts: dict[str, list[Start]] = {name: [] for name in servers}
    for repetition in range(SETTLED + repetitions):
        for name, server in servers.items():
            say(f"start {repetition + 1} {name}")
            starts[name].append(start(server))
    return starts


def report(name: str, starts: list[Start]) -> None:
    rows = [("new" if n < SETTLED else n, *of_one) for n, of_one in enumerate(starts)]
    print_table((f"start {name}", "HTTP 200 (s)", "its CPU (s)", "first token (s)"), rows)
    medians = (round(median(column), 2) for column in zip(*starts[SETTLED:], strict=True))
    names = ("http_seconds", "http_cpu_seconds", "token_seconds")
    print_result("start", {"of": name, **dict(zip(names, medians, strict=True))})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repetitions", type=int, default=5)
    parser.add_argument("--against", type=Path, metavar="FOLDER")
    arguments = parser.parse_args()
    checkouts = {"here": ROOT}
    if arguments.against:
        checkouts["there"] = arguments.against.resolve()
    with tempfile.TemporaryDirectory(prefix="myllm-bench-") as folder:
        servers = {name: server_of(at, Path(folder, name)) for name, at in checkouts.items()}
        for name, starts in compare(servers, arguments.repetitions).items():
            report(name, starts)


if __name__ == "__main__":
    main()
