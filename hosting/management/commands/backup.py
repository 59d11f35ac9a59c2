"""`manage.py backup FILE`: the data folder as one file, while the server runs."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from chat.conf import conf
from chat.terminal.language import pick
from chat.terminal.refusal import Refusal
from chat.terminal.unwritable import explain
from hosting.backup.archive import back_up
from hosting.database.files import own_files

_MEGABYTE = 1_000_000


class Command(BaseCommand):
    """Changes nothing in the data folder."""

    help = "Save conversations, members, keys and running answers to a file; models are left out."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="a new file, or a folder")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        target = _target(file)
        files = own_files()
        if files and not files.main.exists():
            raise Refusal(pick("还没有可以备份的数据。", "There is nothing to back up yet."))
        try:
            back_up(conf().data_dir, files, target)
        except OSError as error:
            raise explain(error, target.parent) from None
        except sqlite3.Error as error:
            raise Refusal(_unreadable(error)) from None
        self.stdout.write(_done(target))
        if files is None:
            self.stderr.write(_without_database())


def _target(file: Path) -> Path:
    """Raises `Refusal` if the file exists."""
    path = file.expanduser()
    if path.is_dir():
        path = path / time.strftime("myllm-%Y-%m-%d-%H%M%S.zip")
    if path.exists():
        raise Refusal(
            pick(f"{path} 已经存在，请换一个文件名。", f"{path} exists: name another file.")
        )
    return path


def _done(target: Path) -> str:
    size = target.stat().st_size / _MEGABYTE
    return pick(
        f"已备份到 {target}（{size:.1f} MB）。里面有对话和密钥，请妥善保管。\n"
        f"恢复：python3 manage.py restore {target}",
        f"Backed up to {target} ({size:.1f} MB). It holds conversations and keys: keep it safe.\n"
        f"To restore it: python3 manage.py restore {target}",
    )


def _unreadable(error: sqlite3.Error) -> str:
    return pick(
        f"数据库无法读取（{error}），没有备份。请运行 python3 manage.py doctor 查看原因。",
        f"The database cannot be read ({error}) and was not backed up: python3 manage.py doctor "
        "tells why.",
    )


def _without_database() -> str:
    return pick(
        "备份里没有数据库：它不在数据目录里。PostgreSQL 请用 pg_dump 另行备份。",
        "The database is not in the backup, as it is not in the data folder: back up PostgreSQL by "
        "pg_dump.",
    )
