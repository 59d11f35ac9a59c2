"""How a server's process ended, by the exit code of `subprocess`."""

from __future__ import annotations

import os
import signal
import sys
from typing import NoReturn

from chat.terminal.language import pick

CRASHES = ("SIGSEGV", "SIGABRT", "SIGBUS", "SIGILL", "SIGFPE", "SIGTRAP", "SIGKILL")
"""Some processors report an assertion by SIGTRAP; SIGKILL is the out-of-memory killer's."""
_FAULTS = 0xC0000000
"""The first of Windows' exit codes for a process that a fault ended."""
_CTRL_C = 0xC000013A


def is_crash(code: int) -> bool:
    """Whether native code or the system ended the process without a request to stop."""
    if code < 0:
        return _signal(code) in CRASHES
    return code >= _FAULTS and code != _CTRL_C


def cause(code: int) -> str:
    """The cause of the crash, for people."""
    if code > 0:
        return pick(f"异常 0x{code:08X}", f"exception 0x{code:08X}")
    name = _signal(code)
    if name == "SIGKILL":
        return pick("SIGKILL，多半是内存不足", "SIGKILL, most likely for want of memory")
    return name


def exit_as(code: int) -> NoReturn:
    """End this process as that one ended, so that its parent sees the same."""
    if code < 0:
        sys.stdout.flush()
        signal.signal(-code, signal.SIG_DFL)
        os.kill(os.getpid(), -code)
        code = 128 - code  # PID 1 of a container ignores signals that it sends to itself
    sys.exit(code)


def _signal(code: int) -> str:
    try:
        return signal.Signals(-code).name
    except ValueError:
        return str(-code)
