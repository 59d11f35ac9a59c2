"""The memory of the computer, and of the container or service this process is confined to."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import psutil

CGROUPS = Path("/sys/fs/cgroup")
OWN_CGROUP = Path("/proc/self/cgroup")


@dataclass(frozen=True, slots=True)
class Memory:
    """Bytes. `available` is what a program could get without another one's being swapped out."""

    total: int
    available: int


def memory() -> Memory:
    """The smaller of what the computer has and what a control group leaves this process."""
    found = psutil.virtual_memory()
    computer = Memory(int(found.total), int(found.available))
    group = _control_group()
    if group is None:
        return computer
    return Memory(min(computer.total, group.total), min(computer.available, group.available))


def _control_group() -> Memory | None:
    """Of the tightest limit above this process. None without one: Linux alone has them, and
    version 2 alone is read (https://docs.kernel.org/admin-guide/cgroup-v2.html).
    """
    limits = [limit for folder in _own_folders() if (limit := _limit(folder)) is not None]
    return min(limits, key=lambda limit: limit.available, default=None)


def _own_folders() -> list[Path]:
    try:
        lines = OWN_CGROUP.read_text(encoding="utf-8").splitlines()
    except OSError:
        return []
    own = next((line.removeprefix("0::") for line in lines if line.startswith("0::")), None)
    if own is None:
        return []
    folder = CGROUPS / own.strip("/")
    return [folder, *(parent for parent in folder.parents if parent.is_relative_to(CGROUPS))]


def _limit(folder: Path) -> Memory | None:
    try:
        most = int((folder / "memory.max").read_text(encoding="ascii"))
        used = int((folder / "memory.current").read_text(encoding="ascii"))
        given_back = _inactive_file(folder)
    except (OSError, ValueError):
        return None  # no such file, or "max": no limit
    return Memory(most, max(most - used + given_back, 0))


def _inactive_file(folder: Path) -> int:
    """Cached file contents count as used, and are given back when a program needs the memory."""
    lines = (folder / "memory.stat").read_text(encoding="ascii").splitlines()
    counts = dict(line.split(maxsplit=1) for line in lines)
    return int(counts.get("inactive_file", 0))
