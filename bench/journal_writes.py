"""How long the event loop stands still while the journal writes, on a quiet and on a busy disk.

Physics. A `write` to a file copies its bytes into the system's cache: some microseconds, whatever
the disk does. It waits where a page that it changes is just being written (each second the
journal syncs itself), where the file system's own log is full, or where too much of the cache
waits for the disk. Each write here holds the events of `--answers` answers, thirty times a second
as those of as many runs in one turn of the loop; checkpoints begin and remove segments as the
keeper lets them. The time is that of `flush` alone, on the file system of `--folder`.

    python3 -m bench.journal_writes [--answers 30] [--seconds 30] [--folder FOLDER]
"""

from __future__ import annotations

import argparse
import asyncio
import tempfile
import time
from pathlib import Path
from statistics import quantiles

from bench.busy_disk import busy_disk
from bench.report import print_result, print_table, say
from chat.run_events import TextDelta
from chat.runs.journal.journal import FileJournal
from chat.runs.log import MemoryRunLog, RunLog

PER_SECOND = 30
_LIMIT_BYTES = 256_000_000
_CHECKPOINT_SECONDS = 1.5
_EVENTS_KEPT = 64
_TEXT = TextDelta("answer", "some words ")


async def measure(folder: Path, answers: int, seconds: float) -> list[float]:
    """The seconds of each write."""
    journal = FileJournal(folder, _LIMIT_BYTES)
    await journal.open("bench", "")
    await journal.confirm()
    logs = [journal.log(f"run {number}", MemoryRunLog(_EVENTS_KEPT)) for number in range(answers)]
    saving = asyncio.create_task(_checkpoint(journal), name="checkpoint")
    try:
        return [await _write(journal, logs) for _ in range(int(seconds * PER_SECOND))]
    finally:
        saving.cancel()
        await asyncio.wait({saving})
        await journal.close()


async def _write(journal: FileJournal, logs: list[RunLog]) -> float:
    """One turn of the loop: an event of each answer."""
    await asyncio.sleep(1 / PER_SECOND)
    for log in logs:
        log.append(_TEXT)
    began = time.perf_counter()
    journal.flush()
    return time.perf_counter() - began


async def _checkpoint(journal: FileJournal) -> None:
    while True:
        await asyncio.sleep(_CHECKPOINT_SECONDS)
        await journal.prepare()
        await journal.confirm()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--answers", type=int, default=30)
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--folder", type=Path, help="on the file system to be measured")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="myllm-bench-", dir=asked.folder) as name:
        folder = Path(name)
        say("a quiet disk")
        quiet = asyncio.run(measure(folder / "quiet", asked.answers, asked.seconds))
        say("a busy disk")
        with busy_disk(folder):
            busy = asyncio.run(measure(folder / "beside", asked.answers, asked.seconds))
    _print({"quiet": quiet, "busy": busy})


def _print(measured: dict[str, list[float]]) -> None:
    figures = {disk: _figures(seconds) for disk, seconds in measured.items()}
    heads = ("disk", *figures["quiet"])
    print_table(heads, [(disk, *found.values()) for disk, found in figures.items()])
    print_result("journal_writes", figures)


def _figures(seconds: list[float]) -> dict[str, float]:
    percent = quantiles(seconds, n=100)
    found = {"p50_ms": percent[49], "p99_ms": percent[98], "most_ms": max(seconds)}
    return {"writes": len(seconds), **{key: round(one * 1000, 3) for key, one in found.items()}}


if __name__ == "__main__":
    main()
