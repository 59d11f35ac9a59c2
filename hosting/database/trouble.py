"""Explains in one sentence why a database cannot be used."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from django.db import DatabaseError, connection

from chat.ownership.database_server import explain_database_server
from chat.terminal.full_disk import NEEDED, free_bytes, full_disk
from chat.terminal.language import pick
from chat.terminal.refusal import Refusal
from chat.terminal.unwritable import unusable
from hosting.database.lost import COMMAND, LostDatabase

_DAMAGED = frozenset({sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT})
_LOCKED = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
_NOT_WRITTEN = frozenset(
    {sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM}
)
"""Which of these SQLite reports for a full disk depends on the file that had no room."""


def explain_database(error: DatabaseError) -> Refusal:
    """The sentence for the database in the settings."""
    lost = error.__cause__ and error.__cause__.__cause__
    if isinstance(lost, LostDatabase):
        return lost
    if connection.vendor != "sqlite":
        return explain_database_server(error)
    return _of_a_file(error, Path(str(connection.settings_dict["NAME"])))


def is_damage(error: DatabaseError) -> bool:
    """Whether the file exists and is not a database, or an incomplete one."""
    return connection.vendor == "sqlite" and _code(error) in _DAMAGED


def _of_a_file(error: DatabaseError, main: Path) -> Refusal:
    code = _code(error)
    if code in _NOT_WRITTEN and (unwritable := _unwritable(main)):
        return unusable(unwritable, main.parent)
    if code == sqlite3.SQLITE_FULL or (code in _NOT_WRITTEN and _is_full(main.parent)):
        return full_disk(main.parent)
    if code in _DAMAGED:
        return _damaged(main, error)
    if code in _LOCKED:
        return _locked(main)
    return _unknown(main, error)


def _code(error: DatabaseError) -> int:
    """SQLite's primary result code; 0 if the error has none."""
    return getattr(error.__cause__, "sqlite_errorcode", 0) & 0xFF


def _is_full(folder: Path) -> bool:
    free = free_bytes(folder)
    return free is not None and free < NEEDED


def _unwritable(main: Path) -> Path | None:
    """The first path of the database that this user may not write to; None if there is none."""
    parts = [main, *(main.with_name(main.name + end) for end in ("-wal", "-shm")), main.parent]
    return next((part for part in parts if part.exists() and not os.access(part, os.W_OK)), None)


def _damaged(main: Path, error: DatabaseError) -> Refusal:
    return Refusal(
        pick(
            f"数据库 {main} 已损坏（{error}）：请停止 MyLLM，用备份替换它；没有备份就运行 "
            f"{COMMAND}，从新的数据库开始，损坏的文件会改名保留。",
            f"The database {main} is damaged ({error}): stop MyLLM and put a backup in its place, "
            f"or start with a new one by {COMMAND}, which keeps the damaged file under another "
            "name.",
        )
    )


def _locked(main: Path) -> Refusal:
    return Refusal(
        pick(
            f"数据库 {main} 正被另一个程序占用：请关掉那个程序（可能是另一个 MyLLM）后重试。",
            f"The database {main} is held by another program: close that one, perhaps another "
            "MyLLM, and try again.",
        )
    )


def _unknown(main: Path, error: DatabaseError) -> Refusal:
    return Refusal(
        pick(
            f"数据库 {main} 无法使用（{error}）：请检查磁盘和文件权限后重试，不要删除这个文件。",
            f"The database {main} cannot be used ({error}): check the disk and the file's "
            "permissions, and try again; do not delete the file.",
        )
    )
