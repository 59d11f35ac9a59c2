"""A catalog entry's file, downloaded: resumed where it stopped, whole and checked at the end."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from inference.catalog.download_job import DownloadJob, OnProgress
from inference.catalog.entry import Downloadable
from inference.catalog.sources import Endpoints
from inference.catalog.stored import length, missing_bytes, partial, path, present
from inference.catalog.transfer import Cancelled
from inference.errors import InferenceError, InferenceErrorCode
from inference.types import Download

MARGIN_BYTES = 100_000_000
"""Bytes that must be free on the disk beside the file: for a partial wheel, and for the server."""
_LOOK_SECONDS = 0.3


def download(
    entry: Downloadable,
    folder: Path,
    endpoints: Endpoints,
    on_progress: OnProgress,
    cancelled: Cancelled,
) -> Path:
    """Download the file into `folder` and return its path. Blocks: call it in a thread.

    Waits for another process or thread that downloads the same file. What arrived before an
    interruption is kept beside the file, and the next call continues it, from any source. The file
    itself appears complete and verified, or not at all.

    InferenceError: `model_fetch_failed`, `disk_full`, `model_file_damaged` where every source has
    another file, and `shutting_down` once `cancelled` is true.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with _alone(entry, folder, on_progress, cancelled):
            if present(entry, folder):
                return path(entry, folder)
            _remove_leftovers(folder)
            _require_space(entry, folder)
            job = DownloadJob(entry, partial(entry, folder), on_progress, cancelled)
            return job.run(endpoints).replace(path(entry, folder))
    except OSError as error:
        raise storage_error(error) from error


@contextmanager
def _alone(
    entry: Downloadable, folder: Path, on_progress: OnProgress, cancelled: Callable[[], bool]
) -> Iterator[None]:
    """Hold the file's lock; while waiting for it, report the progress of the other download."""
    lock = FileLock(folder / f"{entry.file_name}.lock", timeout=_LOOK_SECONDS)
    while not _taken(lock):
        if cancelled():
            raise InferenceError(InferenceErrorCode.SHUTTING_DOWN, "the download was cancelled")
        on_progress(Download(length(partial(entry, folder)), entry.size))
    try:
        yield
    finally:
        lock.release()


def _taken(lock: FileLock) -> bool:
    try:
        lock.acquire()
    except Timeout:
        return False
    return True


def _remove_leftovers(folder: Path) -> None:
    """Remove partial files that version 0.1 left when it was killed."""
    for left in folder.glob(".fetch-*"):
        shutil.rmtree(left, ignore_errors=True)


def _require_space(entry: Downloadable, folder: Path) -> None:
    needed = missing_bytes(entry, folder) + MARGIN_BYTES
    if shutil.disk_usage(folder).free < needed:
        raise OSError(errno.ENOSPC, f"{needed} bytes are needed in {folder}")


def storage_error(error: OSError) -> InferenceError:
    """The error of a failed write: `disk_full` or `model_fetch_failed`."""
    full = error.errno in (errno.ENOSPC, errno.EDQUOT)
    code = InferenceErrorCode.DISK_FULL if full else InferenceErrorCode.MODEL_FETCH_FAILED
    return InferenceError(
        code, str(error), retryable=True, detail={"sources": error.strerror or str(error)}
    )
