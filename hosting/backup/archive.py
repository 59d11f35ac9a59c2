"""A backup as a zip file."""

from __future__ import annotations

import hashlib
import os
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from chat.ownership.private import create_private
from chat.version import VERSION
from hosting.backup.contents import MANIFEST, kept_files
from hosting.backup.manifest import Kept, Manifest
from hosting.backup.snapshot import take_snapshot
from hosting.database.files import DatabaseFiles

_BLOCK = 1 << 20


def back_up(folder: Path, files: DatabaseFiles | None, target: Path) -> Manifest:
    """Write a backup of the data folder to `target`, readable by its owner alone; a server may be
    running. `files` is None for a database outside the folder, which is left out.

    The file appears once it is complete. Raises `OSError` and `sqlite3.Error`.
    """
    with TemporaryDirectory(prefix="backup-", dir=folder) as snapshot, _new_file(target) as new:
        take_snapshot(files, folder, Path(snapshot))
        with zipfile.ZipFile(new, "w", zipfile.ZIP_DEFLATED) as archive:
            kept = dict(_write_all(archive, folder, Path(snapshot)))
            manifest = Manifest(VERSION, time.strftime("%Y-%m-%dT%H:%M:%S%z"), kept)
            archive.writestr(MANIFEST, manifest.encoded())
    return manifest


@contextmanager
def _new_file(target: Path) -> Iterator[Path]:
    unfinished = target.with_name(f"{target.name}.unfinished")
    unfinished.unlink(missing_ok=True)
    create_private(unfinished)
    try:
        yield unfinished
        with unfinished.open("rb+") as written:
            os.fsync(written.fileno())
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)


def _write_all(
    archive: zipfile.ZipFile, folder: Path, snapshot: Path
) -> Iterator[tuple[str, Kept]]:
    for path in sorted(path for path in snapshot.rglob("*") if path.is_file()):
        yield _write(archive, path, path.relative_to(snapshot).as_posix())
    for path in kept_files(folder):
        yield _write(archive, path, path.relative_to(folder).as_posix())


def _write(archive: zipfile.ZipFile, path: Path, name: str) -> tuple[str, Kept]:
    total, size = hashlib.sha256(), 0
    entry = zipfile.ZipInfo.from_file(path, name)
    entry.compress_type = zipfile.ZIP_DEFLATED
    with path.open("rb") as read, archive.open(entry, "w", force_zip64=True) as written:
        while block := read.read(_BLOCK):
            total.update(block)
            size += len(block)
            written.write(block)
    return name, Kept(size, total.hexdigest())
