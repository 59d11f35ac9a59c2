"""Downloads in threads of their own: begun early, joined by every caller that needs the file."""

from __future__ import annotations

import threading
from pathlib import Path

from inference.catalog.download import download
from inference.catalog.download_job import OnProgress
from inference.catalog.entry import CatalogEntry
from inference.catalog.sources import Endpoints
from inference.catalog.stored import length, partial, path
from inference.catalog.transfer import Cancelled
from inference.errors import InferenceError, InferenceErrorCode
from inference.types import Download

_LOOK_SECONDS = 0.2


class BackgroundDownload:
    """Begins at once. Its thread is a daemon: a source that is silent keeps no process alive."""

    def __init__(self, entry: CatalogEntry, folder: Path, endpoints: Endpoints) -> None:
        self._progress = Download(length(partial(entry, folder)), entry.size)
        self._failure: BaseException | None = None
        self._cancelled = threading.Event()
        self._ended = threading.Event()
        arguments = (entry, folder, endpoints)
        self._thread = threading.Thread(
            target=self._run, args=arguments, name=f"download {entry.id}", daemon=True
        )
        self._thread.start()

    @property
    def progress(self) -> Download:
        """How far it is."""
        return self._progress

    @property
    def is_under_way(self) -> bool:
        """Whether it has not ended and was not cancelled."""
        return not self._ended.is_set() and not self._cancelled.is_set()

    def wait(self, on_progress: OnProgress, cancelled: Cancelled) -> None:
        """Blocking, until the file is there; once `cancelled` says so the download ends for
        everybody. Raises `InferenceError`.
        """
        while not self._ended.wait(_LOOK_SECONDS):
            if cancelled():
                self._cancelled.set()
                raise InferenceError(InferenceErrorCode.SHUTTING_DOWN, "cancelled", retryable=True)
            on_progress(self._progress)
        if self._failure is not None:
            raise self._failure
        on_progress(self._progress)

    def _run(self, entry: CatalogEntry, folder: Path, endpoints: Endpoints) -> None:
        try:
            download(entry, folder, endpoints, self._keep, self._cancelled.is_set)
        except BaseException as error:  # noqa: BLE001 - raised by `wait`, in every thread that waits
            self._failure = error
        finally:
            self._ended.set()

    def _keep(self, progress: Download) -> None:
        self._progress = progress


_lock = threading.Lock()
_by_file: dict[Path, BackgroundDownload] = {}


def begin(entry: CatalogEntry, folder: Path, endpoints: Endpoints) -> BackgroundDownload:
    """The download of this file that is under way in this process, or a new one."""
    file = path(entry, folder)
    with _lock:
        running = _by_file.get(file)
        if running is None or not running.is_under_way:
            running = _by_file[file] = BackgroundDownload(entry, folder, endpoints)
        return running
