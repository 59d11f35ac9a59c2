"""A serving process owns its data: the data folder, and with PostgreSQL the database as well.

Two processes with the same data would continue each other's running answers.
"""

from __future__ import annotations

import logging
import os
import sys
import threading
from pathlib import Path

from django.db import DatabaseError, connection

from chat.conf import conf
from chat.conf.data import usual_data_dir
from chat.ownership.claim import claim
from chat.ownership.private import make_private
from chat.ownership.server_command import address_by_command
from chat.terminal.refusal import Refusal
from chat.terminal.unwritable import explain

_LOST = 1
"""The exit code if another process has acquired the database."""

logger = logging.getLogger(__name__)


class _Database:
    """The database's lock, if this process holds it."""

    def __init__(self) -> None:
        self.taking = threading.Lock()
        self.is_owned = False


_database = _Database()


def own_data(address: str = "", https_port: int = 0) -> None:
    """Own the database and its folder until this process ends, and make the folder private. Call it
    before the database is opened. `address` is the URL that the server will have, read from the
    command line of known servers if it is empty, and `https_port` its port for https.

    Blocks while the owner is ending. Idempotent. Raises `Refusal` if another process owns the data,
    or the database cannot be reached.
    """
    folder = _data_folder()
    claim(folder, address or address_by_command(sys.argv, os.environ), https_port)
    make_private(folder, is_default=folder in _default_folders())
    if connection.vendor == "postgresql":
        _own_database()


def _data_folder() -> Path:
    folder = conf().data_dir
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise explain(error, folder) from None
    return folder


def _default_folders() -> tuple[Path, ...]:
    """The default folder of a host project, and that of MyLLM itself."""
    usual = usual_data_dir()
    return (usual, usual.with_name("var"))


def _own_database() -> None:
    # Imported late, as a start with SQLite does not need it.
    from chat.ownership.advisory_lock import AdvisoryLock  # noqa: PLC0415
    from chat.ownership.database_server import explain_database_server  # noqa: PLC0415

    with _database.taking:
        if _database.is_owned:
            return
        lock = AdvisoryLock(on_lost=_end)
        try:
            lock.take()
        except DatabaseError as error:
            raise explain_database_server(error) from None
        _database.is_owned = True


def _end(refusal: Refusal) -> None:
    """Exit at once: a shutdown would save texts over those of the new owner."""
    logger.error("%s", refusal)
    sys.stderr.flush()
    os._exit(_LOST)
