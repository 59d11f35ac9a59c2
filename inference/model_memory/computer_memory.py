"""The memory of the computer, and of the container or service this process is confined to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil

CGROUPS = Path("/sys/fs/cgroup")
OWN_CGROUP = Path("/proc/self/cgroup")


@dataclass(frozen=True, slots=True)
class Memory:
    """In bytes. `available` is what a program can get without swapping others out."""

    total: int
    available: int


@dataclass(frozen=True, slots=True)
class _Files:
    """The names of a control group version's files, and of its count of cached file contents."""

    limit: str
    usage: str
    inactive_file: str


_VERSION_1 = _Files(
    "memory.limit_in_bytes", "memory.usage_in_bytes", inactive_file="total_inactive_file"
)
_VERSION_2 = _Files("memory.max", "memory.current", inactive_file="inactive_file")


def memory() -> Memory:
    """The memory of the computer, or what a control group leaves of it to this process."""
    found = psutil.virtual_memory()
    computer = Memory(int(found.total), int(found.available))
    group = _control_group()
    if group is None:
        return computer
    return Memory(min(computer.total, group.total), min(computer.available, group.available))


def _control_group() -> Memory | None:
    """The memory under the tightest limit above this process; None without one. Linux only.

    https://docs.kernel.org/admin-guide/cgroup-v2.html, and cgroup-v1/memory.html beside it.
    """
    limits = [limit for group in _groups() if (limit := _limit(*group)) is not None]
    return min(limits, key=lambda limit: limit.available, default=None)


def _groups() -> Iterator[tuple[Path, _Files]]:
    """Each group above this process, in either hierarchy. Inside a container the path may be the
    host's, of which only the top exists.
    """
    try:
        lines = OWN_CGROUP.read_text(encoding="utf-8").splitlines()
    except OSError:
        return
    for line in lines:
        _, controllers, own = line.split(":", 2)
        if controllers and "memory" not in controllers.split(","):
            continue
        top, files = (CGROUPS / "memory", _VERSION_1) if controllers else (CGROUPS, _VERSION_2)
        folder = top / own.strip("/")
        for above in (folder, *folder.parents):
            if above.is_relative_to(top):
                yield above, files


def _limit(folder: Path, files: _Files) -> Memory | None:
    try:
        most = int((folder / files.limit).read_text(encoding="ascii"))
        used = int((folder / files.usage).read_text(encoding="ascii"))
        reclaimable = _inactive_file(folder, files.inactive_file)
    except (OSError, ValueError):
        return None  # no such file, or "max": no limit
    return Memory(most, max(most - used + reclaimable, 0))


def _inactive_file(folder: Path, name: str) -> int:
    """Cached file contents count as used, but are reclaimed when a program needs the memory."""
    lines = (folder / "memory.stat").read_text(encoding="ascii").splitlines()
    counts = dict(line.split(maxsplit=1) for line in lines)
    return int(counts.get(name, 0))
