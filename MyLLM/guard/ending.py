"""How a server's process ended, by the code that `subprocess` gives it."""

from __future__ import annotations

import os
import signal
import sys
from typing import NoReturn

from chat.terminal.language import pick

CRASHES = ("SIGSEGV", "SIGABRT", "SIGBUS", "SIGILL", "SIGFPE", "SIGTRAP", "SIGKILL")
"""SIGTRAP is how some processors tell an assertion; SIGKILL is the out-of-memory killer's."""
_FAULTS = 0xC0000000
"""Where Windows' codes for a process that was ended begin."""
_CTRL_C = 0xC000013A


def is_crash(code: int) -> bool:
    """Whether native code took the process down, or the system did, and nobody asked for it."""
    if code < 0:
        return _signal(code) in CRASHES
    return code >= _FAULTS and code != _CTRL_C


def cause(code: int) -> str:
    """What took it down, for people."""
    if code > 0:
        return pick(f"异常 0x{code:08X}", f"exception 0x{code:08X}")
    name = _signal(code)
    if name == "SIGKILL":
        return pick("SIGKILL，多半是内存不足", "SIGKILL, most likely for want of memory")
    return name


def leave_like(code: int) -> NoReturn:
    """End this process as that one ended, so that whoever started it is told the same."""
    if code < 0:
        sys.stdout.flush()
        signal.signal(-code, signal.SIG_DFL)
        os.kill(os.getpid(), -code)
        code = 128 - code  # the first process of a container dies of no signal it sends itself
    sys.exit(code)


def _signal(code: int) -> str:
    try:
        return signal.Signals(-code).name
    except ValueError:
        return str(-code)
