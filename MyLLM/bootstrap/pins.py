"""The requirement files, read as pip reads the part of their format that we use."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def read_pins(file: Path) -> tuple[str, ...]:
    """Every `name==version` of a requirement file and of those it includes, in order."""
    return tuple(_pins(file))


def _pins(file: Path) -> Iterable[str]:
    for line in file.read_text(encoding="utf-8").splitlines():
        entry = line.partition("#")[0].strip()
        if entry.startswith("-r "):
            yield from _pins(file.parent / entry.removeprefix("-r ").strip())
        elif entry:
            yield entry


def pinned_name(pin: str) -> str:
    """The distribution's name as it is compared: `Django-Stubs` is `django_stubs`."""
    return normalised(pin.partition("==")[0])


def distribution_folder(pin: str) -> str:
    """How an installed pin's metadata folder begins, whatever the wheel's spelling."""
    return f"{pinned_name(pin)}-{pin.partition('==')[2]}"


def normalised(name: str) -> str:
    return re.sub(r"[-_.]+", "_", name).lower()
