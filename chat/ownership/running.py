"""Which process owns a data folder now, without claiming it."""

from __future__ import annotations

from pathlib import Path

from chat.ownership.lock import FolderLock
from chat.ownership.occupied import has_ended
from chat.ownership.owner import Owner


def running_owner(folder: Path) -> Owner | None:
    """The owner described in the lock file; None if the folder is free. Acquires the lock for a
    moment; a server that starts meanwhile waits for that.
    """
    lock = FolderLock(folder)
    if not lock.file.exists() or _is_free(lock):
        return None
    owner = lock.described() or Owner(pid=0)
    return None if owner.pid and has_ended(owner) else owner


def _is_free(lock: FolderLock) -> bool:
    """Whether the lock is free; False on a file system without locks, where the file decides."""
    try:
        return lock.take()
    except OSError:
        return False
    finally:
        lock.release()
