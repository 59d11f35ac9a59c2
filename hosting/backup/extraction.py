"""Checks a backup and unpacks its files."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import zipfile
import zlib
from contextlib import closing
from pathlib import Path

from chat.version import VERSION
from hosting.backup.contents import MANIFEST, is_allowed
from hosting.backup.manifest import Kept, Manifest, decoded
from hosting.database.files import NAME

_BLOCK = 1 << 20
_LONGEST_MANIFEST = 64 << 20


class NoBackupError(Exception):
    """The file is not a backup, or a damaged one. Its text is the reason in English."""


class NewerBackupError(Exception):
    """The backup was made by a newer version. Its text is that version's number."""


def extract(archive: Path, target: Path) -> Manifest:
    """Write all files of the backup into the empty folder `target`, readable by its owner alone.

    Checks names, lengths, SHA-256 digests, and the database by SQLite. Raises `NoBackupError`,
    `NewerBackupError` and `OSError`.
    """
    try:
        with zipfile.ZipFile(archive) as opened:
            manifest = _manifest(opened)
            for name, kept in manifest.files.items():
                _extract(opened, name, kept, target / name)
        if NAME in manifest.files:
            _check_database(target / NAME)
    except (zipfile.BadZipFile, KeyError, ValueError, EOFError, zlib.error, RuntimeError) as error:
        raise NoBackupError(str(error)) from error
    except sqlite3.Error as error:
        raise NoBackupError(f"{NAME}: {error}") from error
    return manifest


def _manifest(opened: zipfile.ZipFile) -> Manifest:
    if opened.getinfo(MANIFEST).file_size > _LONGEST_MANIFEST:
        raise NoBackupError(f"{MANIFEST} is too long")
    manifest = decoded(opened.read(MANIFEST))
    if _numbers(manifest.version) > _numbers(VERSION):
        raise NewerBackupError(manifest.version)
    for name in manifest.files:
        if not is_allowed(name):
            raise NoBackupError(f"it holds {name!r}")
    return manifest


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


def _extract(opened: zipfile.ZipFile, name: str, kept: Kept, target: Path) -> None:
    """Writes no more than the manifest's length, whatever the zip file contains."""
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    total, size = hashlib.sha256(), 0
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with opened.open(name) as read, os.fdopen(descriptor, "wb") as written:
        while size <= kept.size and (block := read.read(min(_BLOCK, kept.size - size + 1))):
            total.update(block)
            size += len(block)
            written.write(block)
        written.flush()
        os.fsync(written.fileno())
    if (size, total.hexdigest()) != (kept.size, kept.sha256):
        raise NoBackupError(f"{name} is damaged")


def _check_database(file: Path) -> None:
    with closing(sqlite3.connect(file)) as database:
        found = database.execute("PRAGMA integrity_check(1)").fetchall()
    if found != [("ok",)]:
        raise NoBackupError(f"{NAME} is damaged")
