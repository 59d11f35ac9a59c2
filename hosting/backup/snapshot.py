"""Copies the database and the journal of running answers as of one moment."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from chat.ownership.private import create_private
from chat.runs.journal.segment import SUFFIX
from hosting.backup.contents import JOURNAL
from hosting.database.files import NAME, DatabaseFiles

_ATTEMPTS = 20
"""The journal loses its oldest segment at most every 1.5 s; a database is copied in less."""


def take_snapshot(files: DatabaseFiles | None, folder: Path, target: Path) -> None:
    """Copy the database and the journal into `target` while a server may be writing both.

    The journal continues the texts in the database, so it must reach back to the copy's last
    checkpoint: if its oldest segment was removed meanwhile, both are copied again. After the last
    attempt the restored answers continue from the database alone. Raises `OSError` and
    `sqlite3.Error`.
    """
    for _ in range(_ATTEMPTS):
        before = _segments(folder)
        if files:
            _copy_database(files.main, target / NAME)
        _copy_journal(folder, target)
        if before <= _segments(folder):
            return


def _segments(folder: Path) -> frozenset[str]:
    return frozenset(path.name for path in (folder / JOURNAL).glob(f"*{SUFFIX}"))


def _copy_database(source: Path, target: Path) -> None:
    """Uses SQLite's online backup (https://www.sqlite.org/backup.html), in one transaction."""
    target.unlink(missing_ok=True)
    create_private(target)
    with closing(sqlite3.connect(source)) as read, closing(sqlite3.connect(target)) as written:
        read.backup(written)


def _copy_journal(folder: Path, target: Path) -> None:
    copy = target / JOURNAL
    shutil.rmtree(copy, ignore_errors=True)
    copy.mkdir(mode=0o700)
    for file in sorted((folder / JOURNAL).glob(f"*{SUFFIX}")):
        try:
            shutil.copyfile(file, copy / file.name)
        except FileNotFoundError:
            continue  # removed since it was listed
