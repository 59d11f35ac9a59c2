"""The file of a model: the owner's path, or a download."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from inference.catalog.background import EntryDownload, Work, begin, missing
from inference.catalog.entry import CatalogEntry
from inference.catalog.sources import Endpoints
from inference.catalog.stored import path
from inference.types import Download

Cancelled = Callable[[], bool]


class ModelFile(Protocol):
    """A file that may have to be downloaded first."""

    @property
    def path(self) -> Path:
        """The path of the file, also before it is downloaded."""
        ...

    def missing(self) -> Download | None:
        """The download that is needed; None where the file is there. Cheap."""
        ...

    def fetch(self, on_progress: Callable[[Download], None], cancelled: Cancelled) -> None:
        """Download the file. Blocking; raises `InferenceError`."""
        ...


class OwnedFile:
    """A file that the owner named; whether it can be read is checked when it is loaded."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def missing(self) -> Download | None:
        return None

    def fetch(self, on_progress: Callable[[Download], None], cancelled: Cancelled) -> None:
        """Does nothing."""


class DownloadedFile:
    """A file that is downloaded into the models' folder; `path` is its path."""

    def __init__(self, path: Path, work: Work) -> None:
        self.path = path
        self._work = work

    def missing(self) -> Download | None:
        return missing(self._work)

    def fetch(self, on_progress: Callable[[Download], None], cancelled: Cancelled) -> None:
        begin(self._work).wait(on_progress, cancelled)


class CatalogFile(DownloadedFile):
    """The file of a catalog entry."""

    def __init__(self, entry: CatalogEntry, folder: Path, endpoints: Endpoints) -> None:
        super().__init__(path(entry, folder), EntryDownload(entry, folder, endpoints))
