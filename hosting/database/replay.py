"""Examines a database's contents on a copy.

SQLite deletes the journal of a main file that is missing or empty when it opens it, and a new
database may exist in its journal alone. On a copy, a page of zeros stands in for the main file, and
the journal is replayed over it.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from hosting.database.files import DatabaseFiles

SMALL_BYTES = 65_536
"""MyLLM's tables without a row in them take more than this."""
_TABLES = frozenset({"django_migrations", "chat_conversation"})
_HEADER_BYTES = 100
_JOURNAL_HEADER = 32
_MAGIC = (b"\x37\x7f\x06\x82", b"\x37\x7f\x06\x83")


def holds_tables(files: DatabaseFiles) -> bool:
    """Whether the main file with its journal has any table, or is too large to have none. A file
    that SQLite cannot read counts as having some. The original files are never opened.
    """
    if is_blank(files.main):
        return False
    if files.main.stat().st_size >= SMALL_BYTES:
        return True
    with _copied(files) as copy:
        return _has_tables(copy)


def is_blank(main: Path) -> bool:
    """Missing, empty, or zeros, which some file systems leave after a power failure."""
    try:
        with main.open("rb") as opened:
            return not any(opened.read(_HEADER_BYTES))
    except FileNotFoundError:
        return True


def has_frames(journal: Path) -> bool:
    """Whether there is a journal with at least one page in it."""
    return journal.is_file() and journal.stat().st_size > _JOURNAL_HEADER


@contextmanager
def replayed(files: DatabaseFiles) -> Iterator[Path | None]:
    """A copy of the database as its journal alone gives it, complete in one file, for the duration
    of the context; None if the journal does not hold all of it.
    """
    page = _page_bytes(files.journal)
    if not page:
        yield None
        return
    with _copied(files, bytes(page)) as copy:
        yield copy if _is_whole(copy) else None


def _has_tables(copy: Path) -> bool:
    try:
        with closing(sqlite3.connect(copy)) as database:
            return bool(database.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone())
    except sqlite3.DatabaseError:
        return True


def _is_whole(copy: Path) -> bool:
    """Checked by SQLite, which also writes the journal into the file."""
    try:
        with closing(sqlite3.connect(copy)) as database:
            sound = database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            rows = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            complete = {str(name) for (name,) in rows} >= _TABLES
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except sqlite3.DatabaseError:
        return False
    return sound and complete


@contextmanager
def _copied(files: DatabaseFiles, instead: bytes = b"") -> Iterator[Path]:
    """A copy of both files in a folder that only this user can read; `instead`, if given, is the
    main file's content.
    """
    with TemporaryDirectory(prefix="myllm-", ignore_cleanup_errors=True) as folder:
        copy = DatabaseFiles(Path(folder) / files.main.name)
        if instead:
            copy.main.write_bytes(instead)
        else:
            shutil.copyfile(files.main, copy.main)
        if has_frames(files.journal):
            shutil.copyfile(files.journal, copy.journal)
        yield copy.main


def _page_bytes(journal: Path) -> int:
    """The journal's page size in bytes; 0 if it is not a journal."""
    if not has_frames(journal):
        return 0
    with journal.open("rb") as opened:
        header = opened.read(_JOURNAL_HEADER)
    size = int.from_bytes(header[8:12], "big")
    is_size = 512 <= size <= SMALL_BYTES and size & (size - 1) == 0
    return size if header[:4] in _MAGIC and is_size else 0
