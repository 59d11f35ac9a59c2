"""This process's claim to a data folder. There is at most one in a process."""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path

from chat.ownership.lock import NAME, FolderLock
from chat.ownership.occupied import has_ended, occupied
from chat.ownership.owner import Owner
from chat.terminal.language import pick
from chat.terminal.unwritable import explain

SHORTLY = 0.3
"""Seconds to wait for a process that only checks whether the folder is free."""
ENDING = 10.0
"""Seconds to wait for one that is ending: the longest shutdown, or a server without its guard."""
_BETWEEN_TRIES = 0.05

logger = logging.getLogger(__name__)


class _Claim:
    """What this process holds."""

    def __init__(self) -> None:
        self.changing = threading.RLock()
        self.lock: FolderLock | None = None
        self.owner = Owner(pid=0)


_claim = _Claim()


def claim(folder: Path, address: str = "", https_port: int = 0) -> None:
    """Own the folder until this process ends or calls `release`. `address` is the URL that it will
    serve, and `https_port` its port for https.

    Returns at once if this process, or the one it was forked from, owns it. Waits for an owner that
    is ending. Raises `Occupied` if another process owns it, and `Refusal` if the folder cannot be
    used. On a file system without locks it logs one warning, and every process owns the folder.
    """
    with _claim.changing:
        if _claim.lock is None:
            _claim.lock = _taken(folder)
            _claim.owner = Owner(address=address, https_port=https_port)
        elif _claim.owner.pid != os.getpid() or address:
            server = os.getpid() if _claim.owner.pid != os.getpid() else 0
            address = address or _claim.owner.address
            https_port = https_port or _claim.owner.https_port
            found = replace(_claim.owner, server=server, address=address)
            _claim.owner = replace(found, https_port=https_port)
        _claim.lock.describe(_claim.owner)


def release() -> None:
    """Release the folder, for the guard of a server with its own claim. Idempotent."""
    with _claim.changing:
        if _claim.lock is not None:
            _claim.lock.release()
            _claim.lock = None


def record_stopping() -> None:
    """Record that this process is ending, so that the next one waits for it."""
    with _claim.changing:
        if _claim.lock is not None:
            _claim.owner = replace(_claim.owner, is_stopping=True)
            _claim.lock.describe(_claim.owner)


@contextmanager
def owned(folder: Path) -> Iterator[None]:
    """Own the folder inside the context; raises as `claim`."""
    with _claim.changing:
        was_owned = _claim.lock is not None
        claim(folder)
        try:
            yield
        finally:
            if not was_owned:
                release()


def require_free(folder: Path) -> None:
    """As `claim` and `release`, without creating a folder that was never owned."""
    if (folder / NAME).exists():
        with owned(folder):
            pass


def _taken(folder: Path) -> FolderLock:
    lock = FolderLock(folder)
    began = time.monotonic()
    try:
        while not lock.take():
            owner = lock.described()
            if time.monotonic() - began > _longest_wait(owner):
                lock.release()
                raise occupied(folder, owner)
            time.sleep(_BETWEEN_TRIES)
    except OSError as error:
        if not lock.is_open:
            raise explain(error, folder) from None
        _warn(lock.file, error.strerror)
    return lock


def _longest_wait(owner: Owner | None) -> float:
    if owner is None or owner.is_stopping or has_ended(owner):
        return ENDING
    return SHORTLY


@cache
def _warn(file: Path, reason: str) -> None:
    logger.warning(
        "%s",
        pick(
            f"{file} 所在的文件系统不支持文件锁（{reason}）："
            "请自己确认只有一个 MyLLM 使用这个数据目录。",
            f"The file system of {file} has no file locks ({reason}): see to it yourself "
            "that one MyLLM alone uses this data folder.",
        ),
    )
