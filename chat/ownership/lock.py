"""The lock on a data folder: an operating system's lock on a file in it."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from chat.ownership.owner import Owner, decoded
from chat.terminal.lock import try_lock

NAME = "owner.lock"
_LOCKED_BYTE = 1 << 30
"""Beyond the record, as Windows does not allow to read a locked byte."""


class FolderLock:
    """The kernel releases it when the last process that holds it ends, also by a signal. A forked
    child holds it, too; one started as a program does not.

    The owner described in the file is only valid while the lock is held. The file is never deleted:
    a process that has it open would lock a file that others cannot find.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._descriptor: int | None = None

    @property
    def file(self) -> Path:
        return self.folder / NAME

    @property
    def is_open(self) -> bool:
        return self._descriptor is not None

    def take(self) -> bool:
        """Try to acquire the lock; whether this process holds it. Raises `OSError` if the file
        cannot be opened, or its file system has no locks.
        """
        if self._descriptor is None:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._descriptor = os.open(self.file, os.O_RDWR | os.O_CREAT, 0o600)
        return try_lock(self._descriptor, _LOCKED_BYTE)

    def release(self) -> None:
        """Release the lock if it is held."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def describe(self, owner: Owner) -> None:
        """Write the owner to the file. Without space on the disk, the lock is still held."""
        assert self._descriptor is not None  # noqa: S101 - the caller holds the lock
        with suppress(OSError):
            os.lseek(self._descriptor, 0, os.SEEK_SET)
            os.ftruncate(self._descriptor, os.write(self._descriptor, owner.encoded()))

    def described(self) -> Owner | None:
        """The current or last owner; None if it cannot be read."""
        try:
            return decoded(self.file.read_bytes())
        except OSError:
            return None
