"""Installs the packages that a command needs into an environment. Standard library only.

pip installs into the project's own `.venv` and nowhere else. An environment that already has
everything is used as it is.
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
    """Return if this interpreter has what `argv` needs, else restart in one that has.

    Raises `Refusal` if the packages cannot be installed.
    """
    wanted = requirements_for(argv[1:], os.environ)
    own = Environment(ROOT / ".venv")
    is_complete = own.holds(wanted)
    if is_complete if own.is_active else has_distributions(wanted):
        os.environ.pop(REENTRIES, None)
        return
    if not is_complete:
        _install(wanted, own)
    own.restart(argv)


def _install(wanted: Sequence[str], own: Environment) -> None:
    """Imported late: a start without an installation needs none of it."""
    from chat.terminal.lock import held_lock  # noqa: PLC0415
    from MyLLM.bootstrap.installation import install  # noqa: PLC0415

    waiting = pick("另一个 MyLLM 正在安装，等它完成", "Another MyLLM is installing; waiting for it")
    with held_lock(ROOT / "var" / "bootstrap.lock", waiting) as lock:
        if not own.holds(wanted):
            install(wanted, own, lock)
