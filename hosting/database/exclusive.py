"""Lets one process at a time create or change the tables: `serve` and `pair` may start together."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.db import OperationalError

from chat.ownership.private import create_private

WAIT_SECONDS = 120
"""More than all migrations take on a slow disk."""


@contextmanager
def exclusive(folder: Path) -> Iterator[None]:
    """Waits for the lock, which the end of the process releases. It is SQLite's own lock on a
    separate file, which works alike on every system. Raises `OperationalError`.
    """
    file = folder / "database.lock"
    create_private(file)
    lock = sqlite3.connect(file, timeout=WAIT_SECONDS, isolation_level=None)
    with closing(lock):
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            raise OperationalError(str(error)) from error
        yield
