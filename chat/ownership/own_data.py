"""A process that serves owns its data: the data folder, and on PostgreSQL the database as well.

Two processes on the same data would each go on with the answers that the other one is writing.
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
"""The exit code where another process has taken the database."""

logger = logging.getLogger(__name__)


class _Database:
    """Whether this process has the database's lock."""

    def __init__(self) -> None:
        self.taking = threading.Lock()
        self.is_owned = False


_database = _Database()


def own_data(address: str = "", https_port: int = 0) -> None:
    """Before the database is opened: own it and its folder until this process ends, and take the
    folder's permissions from everybody else. `address` is where the server will answer, and
    `https_port` where it does so by https; of a known server it is read from the command line.

    Blocks for as long as an owner takes that is ending. Idempotent. Refusal where another process
    owns them, or the database cannot be reached.
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
    """That of a project which does not set one, and that of MyLLM itself."""
    usual = usual_data_dir()
    return (usual, usual.with_name("var"))


def _own_database() -> None:
    # What it imports, a start on SQLite need not wait for.
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
    """At once: to stop in an orderly way would write texts over those of the new owner."""
    logger.error("%s", refusal)
    sys.stderr.flush()
    os._exit(_LOST)
