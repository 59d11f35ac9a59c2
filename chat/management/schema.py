"""The database's tables, brought up to date when the migrations have changed.

Django needs half a second to find that there is nothing to migrate. SQLite keeps a number for
its application in the file itself, so what was migrated is known from one read, and forgotten
with the file.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from django.apps import apps
from django.core.management import call_command
from django.db import DatabaseError, connection

from chat.management.terminal.language import pick
from chat.management.terminal.refusal import Refusal


def ensure_schema() -> None:
    """All migrations applied. Refusal if the database cannot be used."""
    try:
        _migrate_if_changed()
    except DatabaseError as error:
        raise _unusable(error) from None
    finally:
        connection.close()


def is_migrated() -> bool:
    """Whether nothing is left to be applied; changes nothing. Raises `DatabaseError`."""
    if connection.vendor == "sqlite":
        return _stamped() == fingerprint()
    # A start on SQLite need not wait for it.
    from django.db.migrations.executor import MigrationExecutor  # noqa: PLC0415

    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def _migrate_if_changed() -> None:
    if connection.vendor != "sqlite":
        call_command("migrate", interactive=False, verbosity=0)
    elif not is_migrated():
        call_command("migrate", interactive=False, verbosity=0)
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA user_version = {fingerprint()}")


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


def _unusable(error: DatabaseError) -> Refusal:
    name = connection.settings_dict["NAME"]
    return Refusal(
        pick(
            f"数据库 {name} 无法使用（{error}），请检查权限和磁盘空间，或移走这个文件后重试。",
            f"The database {name} cannot be used ({error}); check permissions and disk space, "
            "or move the file away and start again.",
        )
    )
