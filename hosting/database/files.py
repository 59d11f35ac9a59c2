"""The database's file, and the files beside it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.db import connection

from chat.conf import conf

NAME = "myllm.sqlite3"
_COPIES = ("*.sqlite3*", "*.sqlite*", "*.db", "*.db.*", "*.bak", "*.backup", "*.old", "*.dump")
_SHARED_MEMORY = "-shm"
"""Contains nothing that the journal does not."""


@dataclass(frozen=True, slots=True)
class Leftover:
    """A file that may contain the database's data; `size` in bytes."""

    path: Path
    size: int
    modified: datetime.datetime


@dataclass(frozen=True, slots=True)
class DatabaseFiles:
    """The files of the database at `main`."""

    main: Path

    @property
    def folder(self) -> Path:
        return self.main.parent

    @property
    def journal(self) -> Path:
        """SQLite's write-ahead log: what the main file does not have yet."""
        return self._beside("-wal")

    @property
    def marker(self) -> Path:
        """Exists since the database was first created."""
        return self.folder / "database-made"

    def parts(self) -> list[Path]:
        """The files of the database itself that exist, complete or not."""
        ends = ("", "-wal", _SHARED_MEMORY, "-journal")
        return [part for part in map(self._beside, ends) if part.exists()]

    def leftovers(self) -> list[Leftover]:
        """Journals and files named like a copy, the newest first, without empty ones."""
        found = (_leftover(path) for path in sorted(set(self._named_alike())))
        existing = [one for one in found if one is not None]
        return sorted(existing, key=lambda one: one.modified, reverse=True)

    def _named_alike(self) -> Iterator[Path]:
        for pattern in _COPIES:
            yield from (path for path in self.folder.glob(pattern) if path != self.main)

    def _beside(self, end: str) -> Path:
        return self.main.with_name(f"{self.main.name}{end}")


def own_files() -> DatabaseFiles | None:
    """None if the database is not the file in MyLLM's data folder, but PostgreSQL's or another
    project's.
    """
    main = conf().data_dir / NAME
    if connection.vendor == "sqlite" and Path(str(connection.settings_dict["NAME"])) == main:
        return DatabaseFiles(main)
    return None


def _leftover(path: Path) -> Leftover | None:
    """None for a folder, an empty file, and one that no longer exists."""
    try:
        stat = path.stat()
    except OSError:
        return None
    if path.name.endswith(_SHARED_MEMORY) or not path.is_file() or not stat.st_size:
        return None
    modified = datetime.datetime.fromtimestamp(stat.st_mtime).astimezone()
    return Leftover(path, stat.st_size, modified)
