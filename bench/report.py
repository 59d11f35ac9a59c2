"""What every benchmark prints: a table for people, then one line of JSON for machines."""

from __future__ import annotations

import json
import os
import platform
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

Cell = str | float | int
Row = Sequence[Cell]


def print_table(heads: Sequence[str], rows: Sequence[Row]) -> None:
    """Columns as wide as their widest cell; numbers to the right."""
    cells = [[_shown(cell) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(heads, *cells, strict=True)]
    print("  ".join(head.rjust(width) for head, width in zip(heads, widths, strict=True)))
    for line in cells:
        print("  ".join(cell.rjust(width) for cell, width in zip(line, widths, strict=True)))


def print_result(benchmark: str, figures: Mapping[str, object]) -> None:
    """The last line of a benchmark."""
    print(json.dumps({"benchmark": benchmark, "machine": machine(), **figures}))


def machine() -> dict[str, object]:
    """What the figures depend on; load and speed say how much of it they had."""
    return {
        "processor": _processor(),
        "cores": os.cpu_count(),
        "system": platform.system(),
        "python": platform.python_version(),
        "python_addition_ns": _addition_nanoseconds(),
        "load": round(os.getloadavg()[0], 1) if hasattr(os, "getloadavg") else None,
    }


def say(line: str) -> None:
    """Progress, kept out of the results."""
    print(line, file=sys.stderr, flush=True)


def _shown(cell: Cell) -> str:
    return f"{cell:.4g}" if isinstance(cell, float) else str(cell)


def _addition_nanoseconds() -> int:
    """CPU time of one turn of an empty loop: some 50 on a core of one's own, more on a rented
    one whose host is busy, where every figure in seconds is as much larger.
    """
    turns = 2_000_000
    began = time.process_time_ns()
    total = 0
    for number in range(turns):
        total += number
    return (time.process_time_ns() - began) // turns


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()
