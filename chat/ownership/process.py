"""Whether a process of this computer runs, is suspended, or is gone."""

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
    GONE = auto()


def process_state(pid: int) -> ProcessState:
    """By the state letter of proc_pid_stat(5) or ps(1). Windows tells neither; there it runs."""
    letter = _letter(pid)
    if letter in _SUSPENDED:
        return ProcessState.SUSPENDED
    return ProcessState.GONE if not letter or letter in _ENDED else ProcessState.RUNNING


def _letter(pid: int) -> str:
    """Empty where there is no such process."""
    if sys.platform == "win32":
        return "R"
    if (_PROC / "self" / "stat").exists():
        return _from_proc(pid)
    return _from_ps(pid)


def _from_proc(pid: int) -> str:
    try:
        told = (_PROC / str(pid) / "stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    # The program's name before it stands in parentheses and may contain some itself.
    return told.rpartition(")")[2].split()[0]


def _from_ps(pid: int) -> str:
    command = ["ps", "-o", "stat=", "-p", str(pid)]
    try:
        ended = subprocess.run(  # noqa: S603
            command, capture_output=True, text=True, check=False, timeout=_PS_SECONDS
        )
    except (OSError, subprocess.TimeoutExpired):
        return "R"
    return ended.stdout.strip()[:1]
