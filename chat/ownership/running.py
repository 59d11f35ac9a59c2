"""Which process owns a data folder now, asked without taking it."""

from __future__ import annotations

from pathlib import Path

from chat.ownership.lock import FolderLock
from chat.ownership.occupied import is_gone
from chat.ownership.owner import Owner


def running_owner(folder: Path) -> Owner | None:
    """As its lock file describes it; None where nobody owns the folder. The lock is taken for a
    moment, which a server that starts just then waits for.
    """
    lock = FolderLock(folder)
    if not lock.file.exists() or _is_free(lock):
        return None
    owner = lock.described() or Owner(pid=0)
    return None if owner.pid and is_gone(owner) else owner


def _is_free(lock: FolderLock) -> bool:
    """False on a file system without locks: what the file says has to do there."""
    try:
        return lock.take()
    except OSError:
        return False
    finally:
        lock.release()
