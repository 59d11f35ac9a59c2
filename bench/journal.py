"""What the journal costs: CPU time with it and without, and its writes beside a busy disk.

Physics. Before any reader gets an event the journal appends it to a file, with one `write` for
all events of a turn of the event loop: some 5 µs of system call and as much of encoding, beside
the 60 to 90 µs that a delta costs altogether. Two servers, with the journal and without
(`MYLLM_JOURNAL_MB=0`), hold a thousand answers each, one socket on every one, and tick in
turns, eight deltas a second each, so that neither is short of time; the ratio of their CPU times
is taken round by round. The order statistics of the rounds give the median's 95 % interval.

    python3 -m bench.journal [--sockets 1000] [--rounds 10] [--seconds 6]
"""

from __future__ import annotations

import argparse
import asyncio
from statistics import median, quantiles

from bench import burst_server
from bench.burst_server import PER_SECOND
from bench.interval import Interval, interval_of
from bench.report import print_result, print_table
from bench.serving import serving
from bench.turns import Turn, take_turns
from tests.live.raw_client import allow_many_files

WANTED = 1.05
_MICRO = 1e6
_PING_SECONDS = 300
"""Sockets that are only read when all is over answer no ping."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sockets", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--seconds", type=float, default=6)
    asked = parser.parse_args()
    allow_many_files(4 * asked.sockets)
    command = burst_server.COMMAND
    with (
        serving(command, PING_SECONDS=_PING_SECONDS) as kept,
        serving(command, PING_SECONDS=_PING_SECONDS, JOURNAL_MB=0) as bare,
    ):
        turns = (Turn(kept), Turn(bare))
        asyncio.run(take_turns(turns, asked.sockets, asked.rounds, asked.seconds))
        _print(asked, *turns)


def _print(asked: argparse.Namespace, kept: Turn, bare: Turn) -> None:
    deltas = asked.sockets * int(asked.seconds * PER_SECOND)
    pairs = zip(kept.cpu_seconds, bare.cpu_seconds, strict=True)
    ratio = interval_of([one / other for one, other in pairs])
    names = ("with the journal", "without")
    figures = {name: _figures(turn, deltas) for name, turn in zip(names, (kept, bare), strict=True)}
    keys = list(figures[names[0]])
    print_table(("figure", *names), [(key, *(figures[n][key] for n in names)) for key in keys])
    print(_said(ratio))
    bounds = {"low": ratio.low, "median": ratio.median, "high": ratio.high}
    print_result("journal", {**figures, "ratio": {k: round(v, 4) for k, v in bounds.items()}})


def _figures(turn: Turn, deltas: int) -> dict[str, float | int]:
    percent = quantiles(turn.delays, n=100)
    return {
        "deltas_wanted": deltas * len(turn.cpu_seconds),
        "deltas": len(turn.delays),
        "cpu_us_per_delta": round(median(turn.cpu_seconds) / deltas * _MICRO, 1),
        "p50_ms": round(percent[49] * 1000, 1),
        "p99_ms": round(percent[98] * 1000, 1),
    }


def _said(ratio: Interval) -> str:
    kept = "kept" if ratio.high <= WANTED else "not shown"
    return (
        f"CPU time with the journal: {ratio.median:.3f} times that without"
        f" (95 %: {ratio.low:.3f} to {ratio.high:.3f}); at most {WANTED} is {kept}"
    )


if __name__ == "__main__":
    main()
