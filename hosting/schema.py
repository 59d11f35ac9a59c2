"""Applies migrations to the database's tables when they have changed.

Django needs half a second to find that there is nothing to migrate. SQLite stores a number for its
application in the file itself, so one read finds what was migrated, and a new file starts without
it.
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
from hosting.database.lost import LostDatabase, allow_new_database, require_database
from hosting.database.restoring import set_aside
from hosting.database.trouble import explain_database, is_damage


def ensure_schema() -> None:
    """Apply all migrations. Raises `Refusal` if the database cannot be used, `LostDatabase` among
    them if it existed and is missing.
    """
    files = own_files()
    if files:
        _require(files)
    _migrate(files)


def create_new_database() -> list[Path] | None:
    """As `ensure_schema`, with a new database in place of a lost or damaged one. Returns the new
    paths of the old files, None if the old database is sound and was kept. Raises as above.
    """
    files = own_files()
    if files is None or not _is_unusable(files):
        ensure_schema()
        return None
    try:
        kept = set_aside(files)
    except OSError as error:
        raise explain(error, files.folder) from None
    with allow_new_database():
        _migrate(files)
    return kept


def is_migrated() -> bool:
    """Whether no migration is left to be applied; changes nothing. Raises `DatabaseError`."""
    if connection.vendor == "sqlite":
        return _stamped() == fingerprint()
    # A slow import, which a start on SQLite does not need.
    from django.db.migrations.executor import MigrationExecutor  # noqa: PLC0415

    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def _require(files: DatabaseFiles) -> None:
    """To be called before SQLite opens the file: that deletes a missing main file's journal."""
    try:
        require_database(files)
    except OSError as error:
        raise explain(error, files.folder) from None


def _is_unusable(files: DatabaseFiles) -> bool:
    """Restores first what its journal holds."""
    try:
        _require(files)
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
            # Another process may have migrated while this one waited.
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
    """A digest of every migration file of every application, of 31 bits, never 0."""
    total = hashlib.sha256()
    for app in apps.get_app_configs():
        for file in sorted(Path(app.path, "migrations").glob("*.py")):
            total.update(f"{app.label} {file.name}\n".encode() + file.read_bytes())
    return int.from_bytes(total.digest()[:4], "big") >> 1 or 1
