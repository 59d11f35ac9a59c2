"""How long until a phone that comes back has all it missed, and what keeping it all costs.

Physics. A run of 4,000 tokens is at most 4,000 events; at some 200 µs a frame their replay takes
most of a second, and one that was read half way half of that. A cursor the log no longer reaches
gets a snapshot, one frame of 56 kB, so that time is the handshake's. The clock runs from opening
the socket to the last frame. Nothing is written for a delta: all live runs are saved in one
transaction every 1.5 s, so 30 runs that stream are 0.67 transactions a second, as one is.

    python3 -m bench.reconnect [--tokens 4000] [--times 7] [--runs 30] [--seconds 12]
"""

from __future__ import annotations

import argparse
import asyncio
import os
import tempfile
import time
from dataclasses import dataclass
from statistics import median

from bench import replay_server
from bench.clock_server import PER_SECOND
from bench.report import print_result, print_table, say
from bench.serving import serving
from bench.wire_reader import WireReader, open_reader
from tests.live.live_server import LiveServer


@dataclass(frozen=True, slots=True)
class CatchUp:
    """How one kind of reader came back: median seconds and how many frames it was sent."""

    reader: str
    seconds: float
    frames: int


async def catch_ups(server: LiveServer, tokens: int, times: int) -> list[CatchUp]:
    """Readers of an ended run: from its beginning, from its middle, and from another epoch."""
    run = await _write(server, tokens)
    cursors = {
        "from the start": {"after": 0, "epoch": 1},
        "from the middle": {"after": tokens // 2, "epoch": 1},
        "by snapshot": {"after": tokens // 2, "epoch": 99},
    }
    return [await _measure(server, run, name, at, times) for name, at in cursors.items()]


async def _write(server: LiveServer, tokens: int) -> str:
    """A run whose tokens were all due long ago, so it is written as fast as it can be."""
    reader = await open_reader(server.port)
    begins = time.monotonic() - tokens / PER_SECOND
    options = {"max_new_tokens": tokens}
    reader.send({"type": "send", "client_msg_id": "x", "content": f"{begins}", "options": options})
    run = str((await reader.frame("accepted"))["run"])
    await _end_of(reader)
    reader.close()
    return run


async def _measure(
    server: LiveServer, run: str, name: str, at: dict[str, int], times: int
) -> CatchUp:
    seconds = []
    for _ in range(times):
        began = time.monotonic()
        reader = await open_reader(server.port)
        reader.send({"type": "attach", "run": run, **at})
        await _end_of(reader)
        seconds.append(reader.arrivals[-1].at - began)
        frames = len(reader.arrivals)
        reader.close()
    return CatchUp(name, median(seconds), frames)


async def _end_of(reader: WireReader) -> None:
    def ended() -> bool:
        return bool(reader.arrivals) and b'"type":"end"' in reader.arrivals[-1].payload

    await reader.until(ended)


def _set_up_django(folder: str) -> None:
    os.environ.update(
        MYLLM_DATA_DIR=folder, MYLLM_PAGE_DIR=folder, DJANGO_SETTINGS_MODULE="MyLLM.settings"
    )
    import django  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415

    django.setup()
    call_command("migrate", verbosity=0)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tokens", type=int, default=4000)
    parser.add_argument("--times", type=int, default=7)
    parser.add_argument("--runs", type=int, default=30)
    parser.add_argument("--seconds", type=float, default=12)
    arguments = parser.parse_args()
    say("reconnecting")
    with serving(replay_server.COMMAND) as server:
        measured = asyncio.run(catch_ups(server, arguments.tokens, arguments.times))
    say("streaming")
    with tempfile.TemporaryDirectory(prefix="myllm-bench-") as folder:
        _set_up_django(folder)
        from bench.streaming import transactions  # noqa: PLC0415 – it needs Django set up

        rate = asyncio.run(transactions(arguments.runs, arguments.seconds))
    _print(arguments.tokens, measured, arguments.runs, rate)


def _print(tokens: int, measured: list[CatchUp], runs: int, rate: float) -> None:
    rows = [(each.reader, round(each.seconds * 1000, 1), each.frames) for each in measured]
    print_table(("reader", "ms", "frames"), rows)
    figures: dict[str, object] = {
        "tokens": tokens,
        "catch_up_ms": {name: ms for name, ms, _ in rows},
        "frames": {name: frames for name, _, frames in rows},
        "runs": runs,
        "transactions_per_second": round(rate, 2),
    }
    print_result("reconnect", figures)


if __name__ == "__main__":
    main()
