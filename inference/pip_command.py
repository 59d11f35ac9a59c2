"""The command that installs packages where this program runs."""

from __future__ import annotations

import sys
from pathlib import Path


def pip_command(packages: str) -> str:
    """As it is typed in the folder in which the program was started."""
    program, here = Path(sys.executable), Path.cwd()
    shown = program.relative_to(here) if program.is_relative_to(here) else program
    return f"{shown} -m pip install {packages}"
