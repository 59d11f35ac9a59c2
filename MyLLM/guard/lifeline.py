"""Ends the server with its guard: the server holds one end of a pipe and reads from it forever.

A guard that is killed can send nothing, but the system closes its end. A server without a guard
would occupy the port, and no terminal would show it.
"""

from __future__ import annotations

import os
import sys
import threading

if sys.platform == "win32":
    import msvcrt

END = "MYLLM_LIFELINE"
"""The variable with the end's name, for a server that was started rather than forked."""
KILLED = 137
"""The exit code of a process that was killed, as shells write it."""


def is_held() -> bool:
    """Whether this process is a guarded server; if so, it watches its end from now on."""
    name = os.environ.pop(END, None)
    if name is None:
        return False
    hold(_opened(int(name)))
    return True


def hold(end: int) -> None:
    """End this process as soon as the other end is closed. Unsaved text is written again from its
    checkpoint, and the port is free for the next start.
    """
    os.set_inheritable(end, False)
    threading.Thread(target=_die_with_it, args=(end,), name="lifeline", daemon=True).start()


def name_of(end: int) -> str:
    """The text by which a child that inherits this end finds it."""
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
