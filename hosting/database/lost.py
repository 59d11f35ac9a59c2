"""Finds a database that is missing although it existed, before a new one replaces it."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path

from chat.ownership.claim import owned
from chat.terminal.full_disk import MEGABYTE, megabytes
from chat.terminal.language import pick, prefers_chinese
from chat.terminal.refusal import Refusal
from hosting.database.files import DatabaseFiles, Leftover
from hosting.database.history import was_used
from hosting.database.replay import has_frames, holds_tables, replayed
from hosting.database.restoring import restore

NEW_DATABASE = "--new-database"
COMMAND = f"python3 manage.py serve {NEW_DATABASE}"

_new_allowed: ContextVar[bool] = ContextVar("new_allowed", default=False)

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Loss:
    """The files that remain of the database."""

    main: Path
    is_missing: bool
    leftovers: Sequence[Leftover]

    @property
    def chinese(self) -> list[str]:
        """The problem, the files found, and what can be done."""
        gone = "不见了" if self.is_missing else "是空的"
        listed = "；".join(self._listed(one, "单独恢复不了") for one in self.leftovers)
        return [
            f"数据库 {self.main} {gone}，但这个文件夹以前用过，所以没有自动新建。",
            f"找到可能有用的文件：{listed}。" if listed else "没有找到它的日志文件或备份。",
            f"如果有备份，请停止 MyLLM，把备份放回 {self.main}，再重新启动。",
        ]

    @property
    def english(self) -> list[str]:
        gone = "is missing" if self.is_missing else "is empty"
        listed = "; ".join(self._listed(one, "not enough alone") for one in self.leftovers)
        return [
            f"The database {self.main} {gone}, though this folder was used before, so no new one "
            "was made by itself.",
            f"Found, and perhaps of use: {listed}."
            if listed
            else "Neither a journal of it nor a backup was found.",
            f"If there is a backup, stop MyLLM, put it back as {self.main}, and start again.",
        ]

    def _listed(self, one: Leftover, alone: str) -> str:
        """`alone` is the text for the journal, which could not be restored."""
        size = megabytes(one.size) if one.size >= MEGABYTE else f"{-(-one.size // 1000)} kB"
        details = [size, f"{one.modified:%Y-%m-%d %H:%M}"]
        if one.path == DatabaseFiles(self.main).journal:
            details.append(alone)
        return f"{one.path.name} ({', '.join(details)})"


class LostDatabase(Refusal):
    """There was a database. Whether to continue without it is its owner's decision."""

    def __init__(self, loss: Loss) -> None:
        way = pick(
            f"要从新的数据库开始，请运行 {COMMAND}（剩下的文件会改名保留）。",
            f"To start with a new database run {COMMAND}, which keeps what is left under other "
            "names.",
        )
        lines = loss.chinese if prefers_chinese() else loss.english
        super().__init__("\n".join([*lines, way]))
        self.loss = loss


_check_lock = threading.Lock()
_checked: set[Path] = set()
"""Files that this process may have open: reading one of them would release its locks. POSIX
releases all locks of a process on a file when any descriptor of it is closed, and SQLite relies on
them (https://www.sqlite.org/howtocorrupt.html, section 2.2).
"""


def require_database(files: DatabaseFiles) -> None:
    """Return if the database exists or never existed. One that its journal holds is restored.

    Reads the file before this process first opens it; afterwards it checks the length alone. Raises
    `LostDatabase`, `Occupied` if a file must be restored while another process owns the data
    folder, and `OSError` if a file cannot be used.
    """
    with _check_lock:
        if files.main in _checked and _has_length(files.main):
            return
        if not _new_allowed.get() and is_lost(files):
            _restore(files)
        _checked.add(files.main)


def _restore(files: DatabaseFiles) -> None:
    if not has_frames(files.journal):
        raise LostDatabase(loss_of(files))
    with owned(files.folder):
        if not is_lost(files):
            return  # another process restored it meanwhile
        kept = restore(files)
        if kept is None:
            raise LostDatabase(loss_of(files))
        logger.warning("%s", _restored(files, kept))


def _has_length(main: Path) -> bool:
    try:
        return main.stat().st_size > 0
    except FileNotFoundError:
        return False


@contextmanager
def allow_new_database() -> Iterator[None]:
    """In this context a new database may replace one that is lost."""
    before = _new_allowed.set(True)
    try:
        yield
    finally:
        _new_allowed.reset(before)


def is_lost(files: DatabaseFiles) -> bool:
    """Whether a database was created and has no tables now. Changes nothing."""
    return not holds_tables(files) and was_used(files)


def can_be_restored(files: DatabaseFiles) -> bool:
    """Whether `require_database` would restore it. Changes nothing."""
    with replayed(files) as copy:
        return copy is not None


def loss_of(files: DatabaseFiles) -> Loss:
    return Loss(files.main, not files.main.exists(), files.leftovers())


def _restored(files: DatabaseFiles, kept: Sequence[Path]) -> str:
    where = ", ".join(path.name for path in kept)
    return pick(
        f"数据库 {files.main} 丢失了，已从它的日志文件完整恢复；原来的日志保留为 {where}。",
        f"The database {files.main} was lost and has been restored from its journal, which is "
        f"kept as {where}.",
    )
