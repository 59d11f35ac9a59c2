"""Whether a process of this computer is running, suspended, or has ended."""

from __future__ import annotations

import subprocess
import sys
from enum import Enum, auto
from pathlib import Path

_PROC = Path("/proc")
_SUSPENDED = frozenset("Tt")
_ENDED = frozenset("ZX")
_PS_SECONDS = 5


class ProcessState(Enum):
    RUNNING = auto()
    SUSPENDED = auto()
    ENDED = auto()


def process_state(pid: int) -> ProcessState:
    """The state, by the letter of proc_pid_stat(5) or ps(1). On Windows always running."""
    letter = _letter(pid)
    if letter in _SUSPENDED:
        return ProcessState.SUSPENDED
    return ProcessState.ENDED if not letter or letter in _ENDED else ProcessState.RUNNING


def _letter(pid: int) -> str:
    """The state letter; empty if there is no such process."""
    if sys.platform == "win32":
        return "R"
    if (_PROC / "self" / "stat").exists():
        return _from_proc(pid)
    return _from_ps(pid)


def _from_proc(pid: int) -> str:
    try:
        stat = (_PROC / str(pid) / "stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    # It follows the program's name in parentheses, which may contain parentheses.
    return stat.rpartition(")")[2].split()[0]


def _from_ps(pid: int) -> str:
    command = ["ps", "-o", "stat=", "-p", str(pid)]
    try:
        ended = subprocess.run(  # noqa: S603
            command, capture_output=True, text=True, check=False, timeout=_PS_SECONDS
        )
    except (OSError, subprocess.TimeoutExpired):
        return "R"
    return ended.stdout.strip()[:1]
