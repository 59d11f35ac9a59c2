"""The database's tables, brought up to date when the migrations have changed.

Django needs half a second to find that there is nothing to migrate. SQLite keeps a number for
its application in the file itself, so what was migrated is known from one read, and forgotten
with the file.
"""

from __future__ import annotations

import hashlib
from contextlib import nullcontext
from pathlib import Path

from django.apps import apps
from django.core.management import call_command
from django.db import DatabaseError, connection

from chat.terminal.unwritable import explain
from hosting.database.exclusive import exclusive
from hosting.database.files import DatabaseFiles, own_files
from hosting.database.history import remember
from hosting.database.lost import LostDatabase, on_purpose, require_database
from hosting.database.restoring import set_aside
from hosting.database.trouble import explain_database, is_damage


def ensure_schema() -> None:
    """All migrations applied. Refusal if the database cannot be used, `LostDatabase` among them
    if it was there and is not any more.
    """
    files = own_files()
    if files:
        _decide(files)
    _migrate(files)


def begin_anew() -> list[Path] | None:
    """The same with a new database in place of one that is lost or damaged; what its files are
    called from then on. None where it is sound, and was left as it is. Refusal as above.
    """
    files = own_files()
    if files is None or not _is_given_up(files):
        ensure_schema()
        return None
    try:
        kept = set_aside(files)
    except OSError as error:
        raise explain(error, files.folder) from None
    with on_purpose():
        _migrate(files)
    return kept


def is_migrated() -> bool:
    """Whether nothing is left to be applied; changes nothing. Raises `DatabaseError`."""
    if connection.vendor == "sqlite":
        return _stamped() == fingerprint()
    # A start on SQLite need not wait for it.
    from django.db.migrations.executor import MigrationExecutor  # noqa: PLC0415

    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def _decide(files: DatabaseFiles) -> None:
    """Before SQLite opens it, which would delete the journal of a missing main file."""
    try:
        require_database(files)
    except OSError as error:
        raise explain(error, files.folder) from None


def _is_given_up(files: DatabaseFiles) -> bool:
    """What its journal holds is brought back first."""
    try:
        _decide(files)
    except LostDatabase:
        return True
    return files.main.exists() and _is_damaged()


def _is_damaged() -> bool:
    try:
        _stamped()
    except DatabaseError as error:
        return is_damage(error)
    finally:
        connection.close()
    return False


def _migrate(files: DatabaseFiles | None) -> None:
    try:
        _migrate_if_changed(files)
    except DatabaseError as error:
        raise explain_database(error) from None
    finally:
        connection.close()
    if files:
        remember(files)


def _migrate_if_changed(files: DatabaseFiles | None) -> None:
    if connection.vendor != "sqlite":
        _migrate_now()
    elif not is_migrated():
        with exclusive(files.folder) if files else nullcontext():
            # Another process may have done it while this one waited.
            if not is_migrated():
                _migrate_now()
                with connection.cursor() as cursor:
                    cursor.execute(f"PRAGMA user_version = {fingerprint()}")


def _migrate_now() -> None:
    call_command("migrate", interactive=False, verbosity=0)


def _stamped() -> int:
    with connection.cursor() as cursor:
        return int(cursor.execute("PRAGMA user_version").fetchone()[0])


def fingerprint() -> int:
    """Of every migration file of every application; 31 bits, the number's width, never 0."""
    total = hashlib.sha256()
    for app in apps.get_app_configs():
        for file in sorted(Path(app.path, "migrations").glob("*.py")):
            total.update(f"{app.label} {file.name}\n".encode() + file.read_bytes())
    return int.from_bytes(total.digest()[:4], "big") >> 1 or 1
