"""What this computer has left, in bytes. Standard library only."""

from __future__ import annotations

import os
import re
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

if sys.platform == "win32":
    import ctypes

_AVAILABLE = re.compile(r"^MemAvailable:\s+(\d+) kB", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Memory:
    """`available` is what a program could get without pushing others out; None where the system
    does not tell.
    """

    total: int
    available: int | None


def free_disk(folder: Path) -> int:
    """What its owner may still write there. OSError where it cannot be told."""
    return shutil.disk_usage(folder).free


def memory() -> Memory | None:
    """None where the system does not tell."""
    if sys.platform == "win32":
        return _windows_memory()
    try:
        total = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (OSError, ValueError):
        return None
    return Memory(total, _linux_available())


def _linux_available() -> int | None:
    try:
        found = _AVAILABLE.search(Path("/proc/meminfo").read_text(encoding="ascii"))
    except OSError:
        return None
    return int(found[1]) * 1024 if found else None


if sys.platform == "win32":

    class _MemoryStatus(ctypes.Structure):
        """MEMORYSTATUSEX."""

        _fields_ = (
            ("length", ctypes.c_ulong),
            ("load", ctypes.c_ulong),
            *((f"quantity_{place}", ctypes.c_ulonglong) for place in range(7)),
        )

    def _windows_memory() -> Memory | None:
        status = _MemoryStatus(length=ctypes.sizeof(_MemoryStatus))
        if not ctypes.windll.kernel32.GlobalMemoryStatusEx(ctypes.byref(status)):
            return None
        return Memory(status.quantity_0, status.quantity_1)
