"""The database's file, and those beside it."""

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
"""Holds nothing that the journal does not."""


@dataclass(frozen=True, slots=True)
class Leftover:
    """A file that may hold what was in the database; `size` in bytes."""

    path: Path
    size: int
    modified: datetime.datetime


@dataclass(frozen=True, slots=True)
class DatabaseFiles:
    """Of the database at `main`."""

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
        """There since the database was first made."""
        return self.folder / "database-made"

    def parts(self) -> list[Path]:
        """What of the database itself is there, whole or not."""
        ends = ("", "-wal", _SHARED_MEMORY, "-journal")
        return [part for part in map(self._beside, ends) if part.exists()]

    def leftovers(self) -> list[Leftover]:
        """Journals and whatever looks like a copy, the newest first; empty files hold nothing."""
        found = (_leftover(path) for path in sorted(set(self._named_alike())))
        there = [one for one in found if one is not None]
        return sorted(there, key=lambda one: one.modified, reverse=True)

    def _named_alike(self) -> Iterator[Path]:
        for pattern in _COPIES:
            yield from (path for path in self.folder.glob(pattern) if path != self.main)

    def _beside(self, end: str) -> Path:
        return self.main.with_name(f"{self.main.name}{end}")


def own_files() -> DatabaseFiles | None:
    """None where the database is not the file that MyLLM keeps in its data folder, but
    PostgreSQL's, or that of another project, which looks after it.
    """
    main = conf().data_dir / NAME
    if connection.vendor == "sqlite" and Path(str(connection.settings_dict["NAME"])) == main:
        return DatabaseFiles(main)
    return None


def _leftover(path: Path) -> Leftover | None:
    """None of a folder, an empty file, and one that is gone meanwhile."""
    try:
        told = path.stat()
    except OSError:
        return None
    if path.name.endswith(_SHARED_MEMORY) or not path.is_file() or not told.st_size:
        return None
    modified = datetime.datetime.fromtimestamp(told.st_mtime).astimezone()
    return Leftover(path, told.st_size, modified)
