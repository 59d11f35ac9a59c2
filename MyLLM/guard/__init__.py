"""A server that native code took down comes back by itself. Standard library only.

The process that was started waits, and the server is its child: nothing inside a process
survives a segmentation fault or the system's out-of-memory killer.
"""

from __future__ import annotations

import os
from collections.abc import Sequence

from MyLLM.guard import lifeline
from MyLLM.guard.guard import Guard
from MyLLM.guard.respawns import Respawns
from MyLLM.guard.signals import stay_in_background
from MyLLM.limits import limit_in

__all__ = ["become_guarded"]

RESPAWNS = 5
"""`respawns` in hosting/conf, and its minutes: settings need Django."""
MINUTES = 10


def become_guarded(argv: Sequence[str]) -> None:
    """Return in the process that is to run `argv`. For `serve` that is a guarded child; the
    caller's process waits in here, and leaves with the child's exit code or in its manner.

    Refusal where the server dies again and again.
    """
    if lifeline.is_held():
        stay_in_background()
        return
    if argv[1:2] != ["serve"]:
        return
    respawns = _number(os.environ.get("MYLLM_RESPAWNS"), RESPAWNS)
    minutes = _number(limit_in(os.environ, "respawn_minutes"), MINUTES)
    if respawns and minutes:
        Guard(Respawns(respawns, minutes)).keep()


def _number(typed: str | None, default: int) -> int:
    """What is wrong is none: the server says so, and nobody is needed to watch it."""
    value = str(default) if typed is None else typed.strip()
    return int(value) if value.isascii() and value.isdigit() else 0
