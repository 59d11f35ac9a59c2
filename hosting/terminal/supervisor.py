"""Runs one program, and ends it and its children as soon as the calling process is gone.

`child.py` starts this file as a script, so it imports the standard library alone and nothing of the
project. Its standard input is a pipe that the calling process keeps open and never writes to: if
that process is killed, the system closes its end.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from typing import NoReturn

CANNOT_START = 127
"""The exit code of shells for a program that does not exist."""


def main() -> NoReturn:
    """`supervisor.py PROGRAM ARGUMENT…`; ends as that program ended."""
    try:
        program = _start(sys.argv[1:])
    except OSError as error:
        print(f"{sys.argv[1]}: {error.strerror}", file=sys.stderr)
        sys.exit(CANNOT_START)
    threading.Thread(target=_end_with_parent, args=(program,), daemon=True).start()
    code = program.wait()
    if os.name == "posix":
        _end_group(program.pid)
    _exit_as(code)


def _start(command: list[str]) -> subprocess.Popen[bytes]:
    """In a process group of its own, so that all of it can be ended at once. The program inherits
    this process's descriptors, such as a lock.
    """
    if sys.platform == "win32":
        return subprocess.Popen(command, stdin=subprocess.DEVNULL)  # noqa: S603
    return subprocess.Popen(  # noqa: S603
        command, stdin=subprocess.DEVNULL, close_fds=False, process_group=0
    )


def _end_with_parent(program: subprocess.Popen[bytes]) -> None:
    """The read returns when the other end is closed."""
    os.read(0, 1)
    if os.name == "posix":
        _end_group(program.pid)
    else:
        _end_tree(program.pid)
    with suppress(OSError):
        program.kill()


def _end_group(group: int) -> None:
    """No error if no process of it is left."""
    if sys.platform != "win32":
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(group, signal.SIGKILL)


def _end_tree(process: int) -> None:
    """Windows has no process groups, but knows each process's parent."""
    system = os.environ.get("SYSTEMROOT", r"C:\Windows")
    taskkill = rf"{system}\System32\taskkill.exe"
    with suppress(OSError):
        subprocess.run(  # noqa: S603
            [taskkill, "/T", "/F", "/PID", str(process)], capture_output=True, check=False
        )


def _exit_as(code: int) -> NoReturn:
    if code < 0:
        with suppress(OSError):  # SIGKILL has no handler
            signal.signal(-code, signal.SIG_DFL)
        os.kill(os.getpid(), -code)
        code = 128 - code
    sys.exit(code)


if __name__ == "__main__":
    main()
