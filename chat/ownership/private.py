"""The data folder's permissions: what is in it is for its owner alone. Windows has others."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from fnmatch import fnmatch
from pathlib import Path

_FILES = ("myllm.sqlite3*", "secret_key*", "database-made", "*.lock")
_FOLDERS = ("logs", "tls", "journal")
_PUBLIC = ("models", "node")
"""Downloads, which other installations may share."""


def create_private(file: Path) -> None:
    """An empty file that its owner alone can read, for a program that would make one that all can
    read. Nothing where it exists. OSError where it cannot be made.
    """
    with suppress(FileExistsError):
        os.close(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))


def make_private(folder: Path, *, is_default: bool = False) -> None:
    """Mode 0600 for the files that MyLLM keeps in `folder`, 0700 for its folders of keys and logs.

    The folder itself becomes 0700 where it `is_default`, or holds nothing that somebody else put
    there: one that was chosen may be shared. Symbolic links and files of other users are left
    alone, and what a file system refuses is no reason not to start. No file is opened.
    """
    if os.name != "posix":
        return
    with suppress(OSError):
        entries = sorted(folder.iterdir())
        if is_default or all(map(_is_known, entries)):
            _restrict(folder)
        for entry in entries:
            _make_entry_private(entry)


def _is_known(entry: Path) -> bool:
    return any(fnmatch(entry.name, name) for name in (*_FILES, *_FOLDERS, *_PUBLIC))


def _make_entry_private(entry: Path) -> None:
    if entry.name in _FOLDERS:
        _restrict(entry)
        for path in _below(entry):
            _restrict(path)
    elif any(fnmatch(entry.name, name) for name in _FILES):
        _restrict(entry)


def _below(folder: Path) -> Iterator[Path]:
    for above, folders, files in os.walk(folder):
        yield from (Path(above, name) for name in (*folders, *files))


def _restrict(path: Path) -> None:
    """Take all permissions of group and others; give none to anybody."""
    with suppress(OSError):
        found = path.lstat()
        is_ours = found.st_uid == os.geteuid()
        is_kind = stat.S_ISREG(found.st_mode) or stat.S_ISDIR(found.st_mode)
        mode = stat.S_IMODE(found.st_mode)
        if is_ours and is_kind and mode & 0o077:
            path.chmod(mode & 0o700)
