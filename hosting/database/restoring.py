"""Restores a database from its journal, or moves its files aside. Deletes nothing."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterable
from pathlib import Path

from chat.ownership.private import create_private
from hosting.database.files import DatabaseFiles
from hosting.database.replay import replayed


def restore(files: DatabaseFiles) -> list[Path] | None:
    """Create the main file from the journal if that holds all of it. Returns the journal's new
    path, None if nothing was restored. Raises `OSError` if a file cannot be written.
    """
    with replayed(files) as copy:
        if copy is None:
            return None
        unfinished = files.main.with_name(f"{files.main.name}.unfinished")
        _copy_to_disk(copy, unfinished)
    if files.main.exists():
        _moved([files.main])
    # Only now does it exist, complete. Replaying its journal once more would change nothing.
    unfinished.replace(files.main)
    return _moved(part for part in files.parts() if part != files.main)


def set_aside(files: DatabaseFiles) -> list[Path]:
    """Add the time to the names of the database's remaining files; returns the new paths."""
    return _moved(files.parts())


def _moved(paths: Iterable[Path]) -> list[Path]:
    stamp = time.strftime("%Y-%m-%d-%H%M%S")
    return [path.rename(_unused(path, stamp)) for path in list(paths)]


def _unused(path: Path, stamp: str) -> Path:
    wanted = path.with_name(f"{path.name}.{stamp}")
    number = 1
    while wanted.exists():
        number += 1
        wanted = path.with_name(f"{path.name}.{stamp}-{number}")
    return wanted


def _copy_to_disk(source: Path, target: Path) -> None:
    create_private(target)
    try:
        with source.open("rb") as read, target.open("wb") as written:
            shutil.copyfileobj(read, written)
            written.flush()
            os.fsync(written.fileno())
    except OSError:
        target.unlink(missing_ok=True)
        raise
