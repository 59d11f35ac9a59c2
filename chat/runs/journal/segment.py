"""One file of a journal, which only grows until it is removed."""

from __future__ import annotations

import os
import threading
from pathlib import Path

from chat.runs.journal.header import Header, encode_header

SUFFIX = ".journal"
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND | getattr(os, "O_BINARY", 0)
_synced = getattr(os, "fdatasync", os.fsync)


def file_of(folder: Path, header: Header) -> Path:
    """Where the segment of this header is."""
    return folder / f"{header.journal}-{header.segment:06}{SUFFIX}"


class Segment:
    """An open file, made for its owner alone. `append` is for one thread; `sync` may run beside
    it in another. All raise `OSError`.
    """

    def __init__(self, folder: Path, header: Header) -> None:
        self.seed = header.seed
        self._path = file_of(folder, header)
        first = encode_header(header)
        self._empty = self.size = len(first)
        self._synced = 0
        self._in_use = threading.Lock()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._descriptor = os.open(self._path, _NEW, 0o600)
        try:
            _write(self._descriptor, first)
        except OSError:
            self.remove()
            raise

    @property
    def has_records(self) -> bool:
        """Whether anything follows the header."""
        return self.size > self._empty

    def append(self, records: bytes) -> None:
        """One `write`; it is in the system's cache afterwards, which outlives this process."""
        _write(self._descriptor, records)
        self.size += len(records)

    def sync(self) -> None:
        """Returns when all that was appended before lies on the disk. Blocks."""
        with self._in_use:
            if self._descriptor < 0 or self._synced == self.size:
                return
            size = self.size
            _synced(self._descriptor)
            self._synced = size

    def void(self) -> None:
        """Torn after its header, so that nothing is believed of this journal any more. At once:
        needs neither space nor, in contrast to `remove`, time.
        """
        self.size = self._empty
        os.ftruncate(self._descriptor, self._empty + 1)

    def close(self) -> None:
        """Keep the file and write no more. Blocks while another thread syncs it."""
        with self._in_use:
            if self._descriptor >= 0:
                os.close(self._descriptor)
                self._descriptor = -1

    def remove(self) -> None:
        """Closed and gone. Blocks like `close`."""
        self.close()
        self._path.unlink(missing_ok=True)


def _write(descriptor: int, data: bytes) -> None:
    """A nearly full disk takes a part and refuses the rest."""
    left = memoryview(data)
    while left:
        left = left[os.write(descriptor, left) :]
