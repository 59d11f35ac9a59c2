"""What this computer's disk has left, in bytes."""

from __future__ import annotations

import shutil
from pathlib import Path


def free_disk(folder: Path) -> int:
    """What its owner may still write there. OSError where it cannot be told."""
    return shutil.disk_usage(folder).free
