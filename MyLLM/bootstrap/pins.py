"""Reads requirement files as pip does, as far as they use its format."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_MARKER = re.compile(r"""sys_platform\s*(==|!=)\s*(['"])(\w+)\2""")
_HASH = re.compile(r"--hash=(sha256:[0-9a-f]{64})(?!\S)")


@dataclass(frozen=True)
class _Entry:
    """A requirement; without hashes any file is accepted."""

    pin: str
    hashes: tuple[str, ...]
    marker: str

    def applies(self) -> bool:
        if not self.marker:
            return True
        found = _MARKER.fullmatch(self.marker)
        if found is None:
            raise ValueError(f"the marker of {self.pin} is not understood: {self.marker}")
        return (found[3] == sys.platform) == (found[1] == "==")


def read_pins(file: Path) -> tuple[str, ...]:
    """Every `name==version` of a requirement file and of those it includes, in order, without those
    for other systems. Raises `ValueError` for a line that pip would read differently.
    """
    return tuple(entry.pin for entry in _entries(file) if entry.applies())


def read_hashes(file: Path) -> dict[str, tuple[str, ...]]:
    """The digests `sha256:…` of each pin's files; without the pins that have none."""
    return {entry.pin: entry.hashes for entry in _entries(file) if entry.hashes}


def _entries(file: Path) -> Iterable[_Entry]:
    for line in _lines(file.read_text(encoding="utf-8")):
        if line.startswith("-r "):
            yield from _entries(file.parent / line.removeprefix("-r ").strip())
        elif line:
            yield _entry(line)


def _lines(text: str) -> Iterable[str]:
    """A backslash at the end of a line continues it, and a comment ends with its line."""
    for line in text.replace("\\\n", " ").splitlines():
        yield line.partition("#")[0].strip()


def _entry(line: str) -> _Entry:
    requirement, *options = re.split(r"\s(?=--)", line)
    hashes = tuple(match[1] for option in options if (match := _HASH.fullmatch(option.strip())))
    if len(hashes) != len(options):
        raise ValueError(f"an option is not understood: {line}")
    pin, _, marker = requirement.partition(";")
    return _Entry(pin.strip(), hashes, marker.strip())


def pinned_name(pin: str) -> str:
    """The distribution's normalised name: `Django-Stubs` is `django_stubs`."""
    return normalised(pin.partition("==")[0])


def distribution_folder(pin: str) -> str:
    """The beginning of an installed pin's metadata folder, for any spelling of the wheel."""
    return f"{pinned_name(pin)}-{pin.partition('==')[2]}"


def normalised(name: str) -> str:
    return re.sub(r"[-_.]+", "_", name).lower()
