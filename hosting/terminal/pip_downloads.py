"""How much pip has downloaded so far. Standard library only: the bootstrap uses it.

pip of any age keeps a running download below TMPDIR, so its size there is what has come; a
progress format for machines exists only since pip 24.1, newer than many Pythons bring.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

MEGABYTE = 1_000_000


def bytes_below(folder: Path) -> int:
    """Of a pip whose TMPDIR is `folder`, while it adds, moves and removes what lies there."""
    return sum(_size(file) for file in _files(folder))


def largest_below(folder: Path) -> int:
    """Bytes of the largest file there; 0 where there is none."""
    return max(map(_size, _files(folder)), default=0)


def megabytes(folder: Path) -> int:
    """The same, as people count them."""
    return bytes_below(folder) // MEGABYTE


def _files(folder: Path) -> Iterator[Path]:
    """`os.walk` passes over a folder that pip removes while it is listed; `glob` raises."""
    for parent, _, names in os.walk(folder):
        yield from (Path(parent) / name for name in names)


def _size(file: Path) -> int:
    """Zero for a file that pip has just moved away."""
    try:
        return file.stat().st_size
    except OSError:
        return 0
