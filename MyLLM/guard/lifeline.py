"""The server dies with its guard: it holds one end of a pipe and reads from it for ever.

A guard that is killed can tell nothing, but the system closes its end. A server left behind
would hold the port, and nobody would find it in a terminal.
"""

from __future__ import annotations

import os
import sys
import threading

if sys.platform == "win32":
    import msvcrt

HELD = "MYLLM_LIFELINE"
"""Tells a server that was started, rather than forked, what its end is called."""
KILLED = 137
"""The exit code of a process that was killed, as shells write it."""


def is_held() -> bool:
    """Whether this process is a guarded server already; it holds on to its end from here on."""
    name = os.environ.pop(HELD, None)
    if name is None:
        return False
    hold(_opened(int(name)))
    return True


def hold(end: int) -> None:
    """Die as soon as nobody holds the other end: at once, as the guard did. What is not saved
    yet is written again from its checkpoint, and the port is free for the next start.
    """
    os.set_inheritable(end, False)
    threading.Thread(target=_die_with_it, args=(end,), name="lifeline", daemon=True).start()


def name_of(end: int) -> str:
    """What a child that inherits this end finds it under."""
    os.set_inheritable(end, True)
    if sys.platform == "win32":
        return str(msvcrt.get_osfhandle(end))
    return str(end)


def _opened(name: int) -> int:
    if sys.platform == "win32":
        return msvcrt.open_osfhandle(name, os.O_RDONLY)
    return name


def _die_with_it(end: int) -> None:
    os.read(end, 1)
    os._exit(KILLED)
