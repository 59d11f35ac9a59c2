"""The data folder's permissions: only its user may read it. No effect on Windows."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import suppress
from fnmatch import fnmatch
from pathlib import Path

_FILES = ("myllm.sqlite3*", "secret_key*", "database-made", "*.lock")
_FOLDERS = ("logs", "tls", "journal", "attachments", "before-restore-*", "restore-*", "backup-*")
_PUBLIC = ("models", "node")
"""Downloads, which other installations may share."""


def create_private(file: Path) -> None:
    """Create an empty file that only its user can read, for programs that would create one that all
    can read. An existing file is left alone. Raises `OSError` if it cannot be created.
    """
    with suppress(FileExistsError):
        os.close(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))


def make_private(folder: Path, *, is_default: bool = False) -> None:
    """Set mode 0600 for MyLLM's files in `folder`, and 0700 for its folders of keys and logs.

    The folder itself gets 0700 if it `is_default` or contains only MyLLM's files, as a chosen
    folder may be shared. Symbolic links and files of other users are left alone. Errors of the file
    system are ignored. No file is opened.
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
    return _is_named(entry, (*_FILES, *_FOLDERS, *_PUBLIC))


def _is_named(entry: Path, names: Iterable[str]) -> bool:
    return any(fnmatch(entry.name, name) for name in names)


def _make_entry_private(entry: Path) -> None:
    if _is_named(entry, _FOLDERS):
        _restrict(entry)
        for path in _below(entry):
            _restrict(path)
    elif _is_named(entry, _FILES):
        _restrict(entry)


def _below(folder: Path) -> Iterator[Path]:
    for above, folders, files in os.walk(folder):
        yield from (Path(above, name) for name in (*folders, *files))


def _restrict(path: Path) -> None:
    """Remove all permissions of group and others; add none."""
    with suppress(OSError):
        found = path.lstat()
        is_ours = found.st_uid == os.geteuid()
        is_kind = stat.S_ISREG(found.st_mode) or stat.S_ISDIR(found.st_mode)
        mode = stat.S_IMODE(found.st_mode)
        if is_ours and is_kind and mode & 0o077:
            path.chmod(mode & 0o700)
