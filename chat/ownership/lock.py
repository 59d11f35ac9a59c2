"""The lock on a data folder: an operating system's lock on a file of its own."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from chat.ownership.owner import Owner, decoded
from chat.terminal.lock import try_lock

NAME = "owner.lock"
_LOCKED_BYTE = 1 << 30
"""Beyond the record: Windows lets nobody read a byte that is locked."""


class FolderLock:
    """The kernel releases it when the last process that holds it ends, however it ends; a child
    that was forked holds it too, one that was started as a program does not.

    What the file says of its owner is true only while the lock is held. The file is never deleted:
    whoever has it open could lock one that nobody else finds.
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
        """Whether this process holds it now. OSError where the file cannot be opened, or where its
        file system knows no locks.
        """
        if self._descriptor is None:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._descriptor = os.open(self.file, os.O_RDWR | os.O_CREAT, 0o600)
        return try_lock(self._descriptor, _LOCKED_BYTE)

    def release(self) -> None:
        """Nothing where it is not held."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def describe(self, owner: Owner) -> None:
        """Write who holds it. A disk that takes no more costs the description, not the lock."""
        assert self._descriptor is not None  # noqa: S101 - whoever describes it has taken it
        with suppress(OSError):
            os.lseek(self._descriptor, 0, os.SEEK_SET)
            os.ftruncate(self._descriptor, os.write(self._descriptor, owner.encoded()))

    def described(self) -> Owner | None:
        """Who holds it or held it last, as far as that can be read."""
        try:
            return decoded(self.file.read_bytes())
        except OSError:
            return None
