"""Restores a backup, whether or not a server runs on the data folder."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

from chat.ownership.claim import owned
from chat.ownership.running import running_owner
from chat.runs.journal.header import without_trust
from chat.runs.journal.segment import SUFFIX
from hosting.backup.contents import JOURNAL
from hosting.backup.extraction import extract
from hosting.backup.manifest import Manifest
from hosting.backup.pending import apply_pending, pending_folder

_POLL_SECONDS = 0.2
RESTART_SECONDS = 60.0
"""More than a server takes to save its answers and to stop."""


class NotRestartedError(Exception):
    """The running server did not restart; it applies the backup at its next start."""


def restore(archive: Path, folder: Path) -> Manifest:
    """Replace the data by the backup: a running server restarts for it, without one it happens at
    once. The replaced files stay in the folder.

    Raises as `extract` does, `NotRestartedError`, and `Refusal` if the folder cannot be locked.
    """
    with _extracted(archive, folder) as (manifest, files):
        _distrust(files / JOURNAL)
        is_running = running_owner(folder) is not None
        _make_pending(files, folder)
    if is_running:
        _wait_for_server(folder)
    else:
        with owned(folder):
            apply_pending(folder)
    return manifest


@contextmanager
def _extracted(archive: Path, folder: Path) -> Iterator[tuple[Manifest, Path]]:
    target = Path(mkdtemp(prefix="restore-", dir=folder))
    try:
        yield extract(archive, target), target
    finally:
        shutil.rmtree(target, ignore_errors=True)


def _distrust(journal: Path) -> None:
    """Devices may have received later events than the backup contains: answers continue in a new
    epoch, which replaces what they have. A missing journal is restored as an empty one.
    """
    journal.mkdir(mode=0o700, exist_ok=True)
    for file in journal.glob(f"*{SUFFIX}"):
        file.write_bytes(without_trust(file.read_bytes()))


def _make_pending(files: Path, folder: Path) -> None:
    waiting = pending_folder(folder)
    if waiting.exists():
        shutil.rmtree(waiting)
    files.rename(waiting)


def _wait_for_server(folder: Path) -> None:
    deadline = time.monotonic() + RESTART_SECONDS
    while pending_folder(folder).is_dir():
        if time.monotonic() > deadline:
            raise NotRestartedError
        time.sleep(_POLL_SECONDS)
