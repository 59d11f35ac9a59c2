"""One process at a time makes or changes the tables: `serve` and `pair` may begin together."""

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
    """Waits for its turn; a process that is killed gives it up. SQLite's own lock on a file of its
    own, since that works alike on every system. Raises `OperationalError`.
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
