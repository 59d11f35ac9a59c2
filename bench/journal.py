"""What the journal costs: CPU time with it and without.

Physics. Before any reader gets an event the journal appends it to a file, with one `write` for all
events of a turn of the event loop: some 10 µs where an event is alone in its turn and 2 to 4 where
it has company, beside the 60 to 90 that a delta costs altogether. Two servers, with the journal and
without (`MYLLM_JOURNAL_MB=0`), hold a thousand answers each, one socket on every one, and tick in
turns; the ratio of their CPU times is taken round by round, and the order statistics of the rounds
give its median's 95 % interval. At four deltas a second neither server is short of time and most
events are alone, which is the worst for the journal. A server that cannot keep up gathers deltas,
which hides what they cost. The event loop's thread is measured separately from the whole process:
how many checkpoints, which the database's thread writes, fall into a burst is chance.

    python3 -m bench.journal [--sockets 1000] [--rounds 10] [--seconds 10] [--per-second 4]
"""

from __future__ import annotations

import argparse
import asyncio
from dataclasses import asdict
from statistics import median, quantiles

from bench import burst_server
from bench.interval import Interval, interval_of
from bench.report import print_result, print_table
from bench.serving import serving
from bench.turns import Load, Turn, take_turns
from tests.live.raw_client import allow_many_files

WANTED = 1.05
_MICRO = 1e6
_PING_SECONDS = 300
"""Sockets that are only read when all is over answer no ping."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sockets", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--per-second", type=float, default=4)
    load = Load(**vars(parser.parse_args()))
    allow_many_files(4 * load.sockets)
    command = burst_server.COMMAND
    with (
        serving(command, PING_SECONDS=_PING_SECONDS) as kept,
        serving(command, PING_SECONDS=_PING_SECONDS, JOURNAL_MB=0) as bare,
    ):
        turns = (Turn(kept), Turn(bare))
        asyncio.run(take_turns(turns, load))
        _print(load, *turns)


def _print(load: Load, kept: Turn, bare: Turn) -> None:
    deltas = load.sockets * load.ticks
    pairs = list(zip(kept.spent, bare.spent, strict=True))
    ratios = {
        "the whole process": interval_of([one.process / other.process for one, other in pairs]),
        "the event loop": interval_of([one.loop / other.loop for one, other in pairs]),
    }
    names = ("with the journal", "without")
    figures = {name: _figures(turn, deltas) for name, turn in zip(names, (kept, bare), strict=True)}
    keys = list(figures[names[0]])
    print_table(("figure", *names), [(key, *(figures[n][key] for n in names)) for key in keys])
    for name, ratio in ratios.items():
        print(_generated(name, ratio))
    print_result("journal", {**figures, "ratios": {k: asdict(v) for k, v in ratios.items()}})


def _figures(turn: Turn, deltas: int) -> dict[str, float | int]:
    percent = quantiles(turn.delays, n=100)
    return {
        "deltas_wanted": deltas * len(turn.spent),
        "deltas": len(turn.delays),
        "cpu_us_per_delta": round(median(one.process for one in turn.spent) / deltas * _MICRO, 1),
        "p50_ms": round(percent[49] * 1000, 1),
        "p99_ms": round(percent[98] * 1000, 1),
    }


def _generated(name: str, ratio: Interval) -> str:
    kept = "kept" if ratio.high <= WANTED else "not shown"
    return (
        f"CPU time of {name}: {ratio.median:.3f} times that without the journal"
        f" (95 %: {ratio.low:.3f} to {ratio.high:.3f}); at most {WANTED} is {kept}"
    )


if __name__ == "__main__":
    main()
