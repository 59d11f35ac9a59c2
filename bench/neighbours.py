"""Decoding beside other work: what busy neighbours cost, by how long threads spin.

Physics. A token passes some 450 barriers at which the decode threads wait for each other. When
every core also has something else to do, the thread waited for is often not running, and those
that spin for it use up the very time it needs; a thread that sleeps instead gives its core
away and gets it back at once. Sleeping and waking costs microseconds, so on a quiet machine it
pays to spin a little first. A neighbour here is a process that never rests. OpenMP reads the
number of spins once a process, so every variant has a process of its own.

    python3 -m bench.neighbours [--tokens 40] [--repetitions 5]
"""

from __future__ import annotations

import argparse
import asyncio
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from bench.model import builtin_file
from bench.relay import drive
from bench.report import print_result, print_table, say
from inference import EngineConfig
from inference.specs.registry import open_backends

SPINS = {"OpenMP's own": "300000", "MyLLM's": "1000", "none": "0"}
NEIGHBOURS = (0, 1, 2)
_MODULE = ("-m", "bench.neighbours")
_LIMIT_SECONDS = 300


async def decode(tokens: int, repetitions: int) -> list[float]:
    """Tokens a second of one chat, prefill included."""
    file = builtin_file()
    (backend,) = open_backends(EngineConfig(models=(str(file),), models_dir=file.parent))
    await backend.load(lambda *_: None)
    await drive(backend, ["Warm up."], 8)
    asked = [f"{n}: tell me a very long story." for n in range(repetitions)]
    rates = [await drive(backend, [prompt], tokens) for prompt in asked]
    await backend.close()
    return rates


@contextmanager
def busy(neighbours: int) -> Iterator[None]:
    """With this many processes that never rest, for a limited time even if they are not ended."""
    endless = f"import time\nend = time.time() + {_LIMIT_SECONDS}\nwhile time.time() < end: pass"
    processes = [subprocess.Popen([sys.executable, "-c", endless]) for _ in range(neighbours)]  # noqa: S603
    try:
        yield
    finally:
        for process in processes:
            process.kill()
            process.wait()


def measure(spins: str, neighbours: int, arguments: argparse.Namespace) -> float:
    """The median rate of a fresh process."""
    command = [sys.executable, *_MODULE, "--child", "--tokens", str(arguments.tokens)]
    command += ["--repetitions", str(arguments.repetitions)]
    with busy(neighbours):
        ended = subprocess.run(  # noqa: S603
            command,
            env={**os.environ, "GOMP_SPINCOUNT": spins},
            cwd=Path(__file__).resolve().parents[1],
            stdout=subprocess.PIPE,
            text=True,
            check=True,
            timeout=_LIMIT_SECONDS,
        )
    return median(float(rate) for rate in ended.stdout.split())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tokens", type=int, default=40)
    parser.add_argument("--repetitions", type=int, default=5)
    parser.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.child:
        print(*asyncio.run(decode(arguments.tokens, arguments.repetitions)))
        return
    rates: dict[str, list[float]] = {name: [] for name in SPINS}
    for neighbours in NEIGHBOURS:
        for name, spins in SPINS.items():
            say(f"{neighbours} neighbours, {name} spins")
            rates[name].append(measure(spins, neighbours, arguments))
    heads = ("spins", *(f"{n} neighbours: tokens/s" for n in NEIGHBOURS))
    print_table(heads, [(name, *values) for name, values in rates.items()])
    print_result("neighbours", {name: [round(v, 1) for v in row] for name, row in rates.items()})


if __name__ == "__main__":
    main()
