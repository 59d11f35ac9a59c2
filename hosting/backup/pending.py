"""A restored backup that waits to replace the data. Standard library only: it is applied before the
settings read the secret key.
"""

from __future__ import annotations

import time
from pathlib import Path

_PENDING = "restore-pending"
_ASIDE = "before-restore"
_DATABASE = ("myllm.sqlite3", "myllm.sqlite3-wal", "myllm.sqlite3-shm", "myllm.sqlite3-journal")


def pending_folder(folder: Path) -> Path:
    """Where the files of a restored backup wait until no server uses the data folder."""
    return folder / _PENDING


def apply_pending(folder: Path) -> Path | None:
    """Replace the data by the pending files; returns the folder that keeps the replaced files, None
    if nothing was pending. Deletes nothing.

    Call it as the owner of the folder, before anything in it is opened. After an interruption it
    continues with the files that are still pending. Raises `OSError`.
    """
    waiting = pending_folder(folder)
    if not waiting.is_dir():
        return None
    aside = folder / f"{_ASIDE}-{time.strftime('%Y-%m-%d-%H%M%S')}"
    aside.mkdir(mode=0o700, exist_ok=True)
    for new in sorted(waiting.iterdir()):
        for name in _replaced_by(new.name):
            if (folder / name).exists():
                (folder / name).rename(aside / name)
        new.rename(folder / new.name)
    waiting.rmdir()
    return aside


def _replaced_by(name: str) -> tuple[str, ...]:
    return _DATABASE if name == _DATABASE[0] else (name,)
