"""A database that was there and is not any more: told before a new one takes its place."""

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

_anew: ContextVar[bool] = ContextVar("anew", default=False)

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Loss:
    """What is left where the database was."""

    main: Path
    is_missing: bool
    leftovers: Sequence[Leftover]

    @property
    def chinese(self) -> list[str]:
        """What is so, what was found, and what can be done."""
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
        """With `alone` for the journal, which has been tried."""
        size = megabytes(one.size) if one.size >= MEGABYTE else f"{-(-one.size // 1000)} kB"
        told = [size, f"{one.modified:%Y-%m-%d %H:%M}"]
        if one.path == DatabaseFiles(self.main).journal:
            told.append(alone)
        return f"{one.path.name} ({', '.join(told)})"


class LostDatabase(Refusal):
    """There was a database, and going on without it is for its owner to decide."""

    def __init__(self, loss: Loss) -> None:
        way = pick(
            f"要从新的数据库开始，请运行 {COMMAND}（剩下的文件会改名保留）。",
            f"To start with a new database run {COMMAND}, which keeps what is left under other "
            "names.",
        )
        told = loss.chinese if prefers_chinese() else loss.english
        super().__init__("\n".join([*told, way]))
        self.loss = loss


_looking = threading.Lock()
_looked_at: set[Path] = set()
"""Files that this process may have open: a look into one of them would end its locks. POSIX frees
all locks of a process on a file when any descriptor of it is closed, and SQLite relies on them
(https://www.sqlite.org/howtocorrupt.html, section 2.2).
"""


def require_database(files: DatabaseFiles) -> None:
    """Return where the database is there or never was. One that its journal holds is restored.

    The file is read before this process opens it for the first time; afterwards its length alone is
    asked for. Raises `LostDatabase`, `Occupied` where another process owns the data folder and a
    file would have to be restored under its hands, and OSError where a file cannot be used.
    """
    with _looking:
        if files.main in _looked_at and _has_length(files.main):
            return
        if not _anew.get() and is_lost(files):
            _restore(files)
        _looked_at.add(files.main)


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
def on_purpose() -> Iterator[None]:
    """Within it a new database may take the place of one that is lost."""
    before = _anew.set(True)
    try:
        yield
    finally:
        _anew.reset(before)


def is_lost(files: DatabaseFiles) -> bool:
    """Whether a database was made and has no tables now; changes nothing."""
    return not holds_tables(files) and was_used(files)


def can_be_restored(files: DatabaseFiles) -> bool:
    """Whether `require_database` would bring it back; changes nothing."""
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
