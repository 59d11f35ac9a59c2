"""Downloads in background threads, shared by all callers that need the same model."""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from inference.catalog.download import download
from inference.catalog.download_job import OnProgress
from inference.catalog.entry import CatalogEntry
from inference.catalog.rate import RateMeter
from inference.catalog.sources import Endpoints
from inference.catalog.stored import length, partial, path, present
from inference.catalog.transfer import Cancelled
from inference.errors import InferenceError, InferenceErrorCode
from inference.types import Download

_LOOK_SECONDS = 0.2
_STOP_SECONDS = 12.0
"""A source that sends nothing is noticed after `STALL_SECONDS`."""


class Work(Protocol):
    """A download. `key` is equal for downloads of the same files."""

    @property
    def key(self) -> Path: ...

    @property
    def name(self) -> str: ...

    def missing(self) -> Download | None: ...

    def download(self, on_progress: OnProgress, cancelled: Cancelled) -> None: ...


@dataclass(frozen=True, slots=True)
class EntryDownload:
    """A catalog entry's file, in the models' folder itself."""

    entry: CatalogEntry
    folder: Path
    endpoints: Endpoints

    @property
    def key(self) -> Path:
        return path(self.entry, self.folder)

    @property
    def name(self) -> str:
        return self.entry.name

    def missing(self) -> Download | None:
        if present(self.entry, self.folder):
            return None
        return Download(length(partial(self.entry, self.folder)), self.entry.size)

    def download(self, on_progress: OnProgress, cancelled: Cancelled) -> None:
        download(self.entry, self.folder, self.endpoints, on_progress, cancelled)


class BackgroundDownload:
    """Begins at once, in a daemon thread: a silent source does not keep the process alive."""

    def __init__(self, work: Work) -> None:
        self._name = work.name
        self._progress = work.missing() or Download(0, 0)
        self._rate = RateMeter()
        self._failure: BaseException | None = None
        self._paused = False
        self._cancelled = threading.Event()
        self._ended = threading.Event()
        self._thread = threading.Thread(
            target=self._run, args=(work,), name=f"download {work.name}", daemon=True
        )
        self._thread.start()

    @property
    def progress(self) -> Download:
        """The progress, with the rate."""
        rate = None if self._paused else self._rate.bytes_per_second()
        return replace(self._progress, bytes_per_second=rate, paused=self._paused)

    @property
    def is_under_way(self) -> bool:
        """Whether it has not ended and was not cancelled or paused."""
        return not self._ended.is_set() and not self._cancelled.is_set()

    def pause(self) -> None:
        """Stop it for all callers; what has arrived is kept. `begin` continues it."""
        self._paused = self.is_under_way
        self._cancelled.set()

    def stop(self, seconds: float) -> bool:
        """Cancel it and wait. Returns whether its thread has ended, so that the files are free."""
        self._cancelled.set()
        return self._ended.wait(seconds)

    def wait(self, on_progress: OnProgress, cancelled: Cancelled) -> None:
        """Block until the file is there; once `cancelled` is true, end the download for all
        callers. Raises `InferenceError`.
        """
        while not self._ended.wait(_LOOK_SECONDS):
            if cancelled():
                self._cancelled.set()
            if self._cancelled.is_set():
                raise self._stopped()
            on_progress(self.progress)
        if self._failure is not None:
            raise self._stopped() if self._paused else self._failure
        on_progress(self.progress)

    def _stopped(self) -> InferenceError:
        if self._paused:
            return InferenceError(
                InferenceErrorCode.DOWNLOAD_PAUSED,
                f"the download of {self._name} is paused",
                retryable=True,
                detail={"model": self._name},
            )
        return InferenceError(InferenceErrorCode.SHUTTING_DOWN, "cancelled", retryable=True)

    def _run(self, work: Work) -> None:
        try:
            work.download(self._keep, self._cancelled.is_set)
        except BaseException as error:  # noqa: BLE001 - raised by `wait`, in every thread that waits
            self._failure = error
        finally:
            self._ended.set()

    def _keep(self, progress: Download) -> None:
        self._rate.see(progress.done)
        self._progress = progress


_lock = threading.Lock()
_by_key: dict[Path, BackgroundDownload] = {}


def begin(work: Work) -> BackgroundDownload:
    """The download of it that is under way in this process, or a new one."""
    with _lock:
        running = _by_key.get(work.key)
        if running is None or not running.is_under_way:
            running = _by_key[work.key] = BackgroundDownload(work)
        return running


def missing(work: Work) -> Download | None:
    """What has to be downloaded, and whether that is paused; None where it is all there. Cheap."""
    found = work.missing()
    with _lock:
        latest = _by_key.get(work.key)
    return found and replace(found, paused=latest is not None and latest.progress.paused)


def stop(work: Work, seconds: float = _STOP_SECONDS) -> bool:
    """Cancel its download in this process, if there is one. Returns whether its files are free."""
    with _lock:
        latest = _by_key.pop(work.key, None)
    return latest is None or latest.stop(seconds)
