"""From a bare Python to one that has what the command needs. Standard library only.

What pip installs goes into the project's own `.venv` and nowhere else. An environment that
already has everything is used as it is.
"""

from __future__ import annotations

import os
from collections.abc import Sequence

from chat.terminal.language import pick
from MyLLM.bootstrap.environment import REENTRIES, Environment, has_distributions
from MyLLM.bootstrap.pins import ROOT
from MyLLM.bootstrap.requirement_set import requirements_for

__all__ = ["ensure_packages"]


def ensure_packages(argv: Sequence[str]) -> None:
    """Return in an interpreter that has what `argv` needs, or start again in one.

    Refusal, in one sentence, where that cannot be had.
    """
    wanted = requirements_for(argv[1:], os.environ)
    own = Environment(ROOT / ".venv")
    held = own.holds(wanted)
    if held if own.is_active else has_distributions(wanted):
        os.environ.pop(REENTRIES, None)
        return
    if not held:
        _install(wanted, own)
    own.restart(argv)


def _install(wanted: Sequence[str], own: Environment) -> None:
    """What it imports, a start that has everything need not wait for."""
    from chat.terminal.lock import held_lock  # noqa: PLC0415
    from MyLLM.bootstrap.installation import install  # noqa: PLC0415

    waiting = pick("另一个 MyLLM 正在安装，等它完成", "Another MyLLM is installing; waiting for it")
    with held_lock(ROOT / "var" / "bootstrap.lock", waiting) as lock:
        if not own.holds(wanted):
            install(wanted, own, lock)
