"""Slow programs run as children. Standard library only: the bootstrap uses it."""

from __future__ import annotations

import os
import queue
import subprocess
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

TICK_SECONDS = 0.5


@dataclass(frozen=True)
class Outcome:
    """How a child ended, with everything it wrote."""

    code: int
    output: str


def follow(
    arguments: Sequence[str | Path],
    on_line: Callable[[str], None],
    *,
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
    keep_open: Sequence[int] = (),
) -> Outcome:
    """Run a program to its end without input.

    `on_line` gets every line it writes, and an empty one each half second in which it writes
    none, so that elapsed time can move. `keep_open` are descriptors the child inherits, where
    the system can do that (Windows cannot).
    OSError if it cannot be started.
    """
    child = subprocess.Popen(  # noqa: S603
        [str(argument) for argument in arguments],
        cwd=cwd,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        pass_fds=tuple(keep_open) if os.name == "posix" else (),
    )
    assert child.stdout is not None  # noqa: S101
    with child:
        output = _read(child.stdout, on_line)
    return Outcome(child.returncode, output)


def _read(stream: IO[str], on_line: Callable[[str], None]) -> str:
    lines: queue.SimpleQueue[str | None] = queue.SimpleQueue()
    threading.Thread(target=_pump, args=(stream, lines), daemon=True).start()
    seen: list[str] = []
    while True:
        try:
            line = lines.get(timeout=TICK_SECONDS)
        except queue.Empty:
            on_line("")
            continue
        if line is None:
            return "".join(seen)
        seen.append(line)
        on_line(line.rstrip())


def _pump(stream: IO[str], lines: queue.SimpleQueue[str | None]) -> None:
    for line in stream:
        lines.put(line)
    lines.put(None)
