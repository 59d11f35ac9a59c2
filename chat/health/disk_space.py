"""The free space of a disk."""

from __future__ import annotations

import shutil
from pathlib import Path


def free_disk(folder: Path) -> int:
    """The bytes that this user may write there. Raises `OSError` if it is not known."""
    return shutil.disk_usage(folder).free
