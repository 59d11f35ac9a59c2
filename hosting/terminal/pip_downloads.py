"""How much pip has downloaded so far. Standard library only: the bootstrap uses it.

Every version of pip writes a running download below TMPDIR, so its size there is the progress; pip
has a machine-readable progress format only since 24.1, newer than the pip of many Pythons.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

MEGABYTE = 1_000_000


def bytes_below(folder: Path) -> int:
    """Bytes below `folder`, pip's TMPDIR, while pip adds, moves and removes files."""
    return sum(_size(file) for file in _files(folder))


def largest_below(folder: Path) -> int:
    """Bytes of the largest file; 0 if there is none."""
    return max(map(_size, _files(folder)), default=0)


def megabytes(folder: Path) -> int:
    """As `bytes_below`, in megabytes."""
    return bytes_below(folder) // MEGABYTE


def _files(folder: Path) -> Iterator[Path]:
    """`os.walk` skips a folder that pip removes while it is listed; `glob` raises."""
    for parent, _, names in os.walk(folder):
        yield from (Path(parent) / name for name in names)


def _size(file: Path) -> int:
    """Zero for a file that pip has just moved away."""
    try:
        return file.stat().st_size
    except OSError:
        return 0
