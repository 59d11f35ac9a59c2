"""Locks between processes. Standard library only, as the bootstrap uses it."""

from __future__ import annotations

import errno
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from chat.terminal.progress import ProgressLine
from chat.terminal.unwritable import explain

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

SECONDS_BETWEEN_TRIES = 0.5
_HELD = frozenset({errno.EAGAIN, errno.EWOULDBLOCK, errno.EACCES, errno.EDEADLK})


@contextmanager
def held_lock(file: Path, waiting: str) -> Iterator[int]:
    """Wait for the lock and hold it; yields its descriptor. `waiting` is shown in the terminal
    meanwhile. Raises `Refusal` if the file cannot be created.

    A child that inherits the descriptor holds the lock, too. If this process is killed, the next
    one waits until its pip has ended. On Windows locks are not inherited.
    """
    descriptor = _open(file)
    try:
        _wait(descriptor, waiting)
        yield descriptor
    finally:
        os.close(descriptor)


def try_lock(descriptor: int, at: int = 0) -> bool:
    """Try to acquire the lock without waiting; whether this process holds it. Windows locks the
    byte `at`. Raises `OSError` if the file system has no locks.
    """
    try:
        _lock(descriptor, at)
    except OSError as error:
        if error.errno in _HELD:
            return False
        raise
    return True


def _open(file: Path) -> int:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        return os.open(file, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise explain(error, file.parent) from None


def _wait(descriptor: int, waiting: str) -> None:
    if _taken(descriptor):
        return
    line = ProgressLine(waiting)
    while not _taken(descriptor):
        line.show()
        time.sleep(SECONDS_BETWEEN_TRIES)
    line.done()


def _taken(descriptor: int) -> bool:
    """As `try_lock`; True on a file system without locks."""
    try:
        return try_lock(descriptor)
    except OSError:
        return True


def _lock(descriptor: int, at: int) -> None:
    if sys.platform == "win32":
        os.lseek(descriptor, at, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
    else:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
