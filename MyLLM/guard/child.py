"""The server's process, as its guard starts it."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from typing import Protocol

from chat.ownership.claim import release
from MyLLM.guard import lifeline
from MyLLM.guard.signals import Signals, stay_in_background

FORKS = sys.platform == "linux"
"""A fork takes next to no time, a second Python thirty milliseconds. Apple's frameworks do not work
in a forked process, and Windows has no fork.
"""


class Child(Protocol):
    @property
    def pid(self) -> int: ...

    def wait(self) -> int:
        """The exit code once the process has ended, negative for a signal."""


@dataclass(frozen=True, slots=True)
class Forked:
    """A fork of this process."""

    pid: int

    def wait(self) -> int:
        _, status = os.waitpid(self.pid, 0)
        return os.waitstatus_to_exitcode(status)


def forked(guard_end: int, server_end: int, signals: Signals) -> Forked | None:
    """None in the child, which continues as an unguarded process would."""
    sys.stdout.flush()
    sys.stderr.flush()
    with signals.blocked():
        pid = os.fork()
        # In both processes, since either may be the first to need it.
        os.setpgid(pid, pid)
        if not pid:
            signals.restore()
    if pid:
        return Forked(pid)
    os.close(guard_end)
    stay_in_background()
    lifeline.hold(server_end)
    return None


def started(server_end: int) -> Child:
    """The same command in a new process. It cannot inherit the lock of the data folder, so it locks
    the folder itself; between a crash and the next start it is unlocked.
    """
    release()
    command = [sys.executable, *sys.orig_argv[1:]]
    environ = {**os.environ, lifeline.END: lifeline.name_of(server_end)}
    if sys.platform == "win32":
        # No other handle of this process is inherited.
        return subprocess.Popen(command, env=environ, close_fds=False)  # noqa: S603
    return subprocess.Popen(  # noqa: S603
        command, env=environ, pass_fds=(server_end,), process_group=0
    )
