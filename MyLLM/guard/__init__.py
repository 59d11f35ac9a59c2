"""Restarts a server that a crash of native code ended. Standard library only.

The started process waits, and the server is its child: nothing inside a process survives a
segmentation fault or the system's out-of-memory killer.
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
    """Return in the process that is to run `argv`. For `serve` that is a guarded child; the calling
    process waits, and ends with the child's exit code or signal.

    Raises `Refusal` if the server crashes again and again.
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
    """0 for an invalid value: the server reports it, and needs no guard."""
    value = str(default) if typed is None else typed.strip()
    return int(value) if value.isascii() and value.isdigit() else 0
