"""Runs slow programs as child processes. Standard library only: the bootstrap uses it."""

from __future__ import annotations

import errno
import os
import queue
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

TICK_SECONDS = 0.5
_SUPERVISOR = Path(__file__).with_name("supervisor.py")


@dataclass(frozen=True)
class Outcome:
    """A child's exit code, and everything it wrote."""

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

    `on_line` is called with every line of output, and with an empty one each half second without
    output, so that elapsed time can be displayed. The child inherits the descriptors `keep_open`,
    except on Windows. The child and its own children have ended when this returns, when it raises
    (also for Ctrl-C or an error of `on_line`), and soon after this process was killed. Raises
    `OSError` if the program cannot be started.
    """
    command = [str(argument) for argument in arguments]
    _require(command[0], cwd, os.environ if env is None else env)
    with _supervised(command, cwd, env, keep_open) as child:
        output = _read(child, on_line)
    return Outcome(child.returncode, output)


def _require(program: str, cwd: Path | None, env: Mapping[str, str]) -> None:
    """Fails early: the supervisor, which starts the program, could report an error only as text."""
    absent = shutil.which(program, path=env.get("PATH")) is None
    if absent or (cwd is not None and not cwd.is_dir()):
        name = program if absent else str(cwd)
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), name)


@contextmanager
def _supervised(
    command: list[str],
    cwd: Path | None,
    env: Mapping[str, str] | None,
    keep_open: Sequence[int],
) -> Iterator[subprocess.Popen[str]]:
    """The program in a session of its own, so that only this process receives Ctrl-C."""
    # On Windows the Python of a virtual environment starts a second process.
    python: str = getattr(sys, "_base_executable", "") or sys.executable
    child = subprocess.Popen(  # noqa: S603
        [python, "-I", "-S", str(_SUPERVISOR), *command],
        cwd=cwd,
        env=env,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        pass_fds=tuple(keep_open) if os.name == "posix" else (),
        start_new_session=True,
        creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
    )
    try:
        yield child
        child.wait()
    finally:
        assert child.stdin is not None  # noqa: S101
        child.stdin.close()  # the supervisor then ends the program
        child.wait()


def _read(child: subprocess.Popen[str], on_line: Callable[[str], None]) -> str:
    assert child.stdout is not None  # noqa: S101
    lines: queue.SimpleQueue[str | None] = queue.SimpleQueue()
    threading.Thread(target=_pump, args=(child.stdout, lines), daemon=True).start()
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
    """Closes the stream itself, since the consumer of the lines may have ended."""
    with stream:
        for line in stream:
            lines.put(line)
    lines.put(None)
