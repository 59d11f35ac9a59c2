"""SQLite's connection to the database in the data folder, for every user of it."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any


class CheckedConnection(sqlite3.Connection):
    """Does not open a lost database: SQLite would create an empty one instead and delete its
    journal. Raises `OperationalError` with `LostDatabase` as its cause.
    """

    def __init__(self, database: Any, *args: Any, **kwargs: Any) -> None:
        _require(Path(str(database)))
        super().__init__(database, *args, **kwargs)


def _require(main: Path) -> None:
    # The settings import this module, so modules that need settings are imported later.
    from chat.ownership.private import create_private  # noqa: PLC0415
    from hosting.database.files import own_files  # noqa: PLC0415
    from hosting.database.lost import LostDatabase, require_database  # noqa: PLC0415

    files = own_files()
    if files is None or files.main != main:
        return
    try:
        require_database(files)
        # SQLite would make it readable by all; its journal gets the permissions of the file.
        create_private(main)
    except LostDatabase as lost:
        raise sqlite3.OperationalError(str(lost)) from lost
    except OSError as error:
        raise sqlite3.OperationalError(str(error)) from error
