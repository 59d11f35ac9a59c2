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
"""A fork is hardly to be measured, a second Python takes thirty milliseconds. Apple's frameworks do
not work in a process that was forked, and Windows has no such thing.
"""


class Child(Protocol):
    @property
    def pid(self) -> int: ...

    def wait(self) -> int:
        """Its exit code once it has ended, below 0 the signal that ended it."""


@dataclass(frozen=True, slots=True)
class Forked:
    """Of this very program."""

    pid: int

    def wait(self) -> int:
        _, status = os.waitpid(self.pid, 0)
        return os.waitstatus_to_exitcode(status)


def forked(ours: int, theirs: int, signals: Signals) -> Forked | None:
    """None in the child, which goes on from there as if nothing watched it."""
    sys.stdout.flush()
    sys.stderr.flush()
    with signals.held_back():
        pid = os.fork()
        # On both sides, since either may be the first to need it.
        os.setpgid(pid, pid)
        if not pid:
            signals.restore()
    if pid:
        return Forked(pid)
    os.close(ours)
    stay_in_background()
    lifeline.hold(theirs)
    return None


def started(theirs: int) -> Child:
    """The same command once more, as a process of its own. It cannot inherit the claim to the data
    folder, so it makes its own; between a crash and the next start nobody has one.
    """
    release()
    command = [sys.executable, *sys.orig_argv[1:]]
    environ = {**os.environ, lifeline.HELD: lifeline.name_of(theirs)}
    if sys.platform == "win32":
        # Nothing else that this process has open can be inherited.
        return subprocess.Popen(command, env=environ, close_fds=False)  # noqa: S603
    return subprocess.Popen(  # noqa: S603
        command, env=environ, pass_fds=(theirs,), process_group=0
    )
