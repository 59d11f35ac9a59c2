"""A full disk. Standard library only, as settings and the bootstrap use it."""

from __future__ import annotations

import errno
import shutil
from pathlib import Path

from chat.terminal.language import pick
from chat.terminal.refusal import Refusal

MEGABYTE = 1_000_000
NEEDED = 100 * MEGABYTE
"""Bytes that should be free in the data folder. Below, a growing database will fail soon."""
NO_SPACE = frozenset(
    number for name in ("ENOSPC", "EDQUOT") if (number := getattr(errno, name, None)) is not None
)
_WINDOWS_FULL = frozenset({39, 112})
"""ERROR_HANDLE_DISK_FULL and ERROR_DISK_FULL."""


def is_no_space(error: OSError) -> bool:
    """Whether a write failed because of a full disk or the user's quota."""
    return error.errno in NO_SPACE or getattr(error, "winerror", None) in _WINDOWS_FULL


def free_bytes(folder: Path) -> int | None:
    """The bytes free at `folder`, which need not exist; None if it is not known."""
    there = next((place for place in (folder, *folder.parents) if place.is_dir()), folder)
    try:
        return shutil.disk_usage(there).free
    except OSError:
        return None


def full_disk(folder: Path) -> Refusal:
    """The error with the free and the needed space."""
    free = free_bytes(folder)
    zh = f"只剩 {megabytes(free)}，" if free is not None else ""
    en = f"{megabytes(free)} free, " if free is not None else ""
    return Refusal(
        pick(
            f"{folder} 所在的磁盘满了（{zh}至少需要 {megabytes(NEEDED)}）：请腾出空间后重新启动，"
            "已有的数据都还在，不要移动或删除。",
            f"The disk of {folder} is full ({en}{megabytes(NEEDED)} needed): make room and start "
            "again. The data is still there; do not move or delete it.",
        )
    )


def megabytes(count: int) -> str:
    """The size for people, in units of 1000."""
    return f"{count / 1e9:.1f} GB" if count >= 1e9 else f"{count / MEGABYTE:.0f} MB"
