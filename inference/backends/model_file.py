"""Where a model's file comes from: the owner's path, or a catalog entry, downloaded once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from inference.catalog.background import begin
from inference.catalog.entry import CatalogEntry
from inference.catalog.sources import Endpoints
from inference.catalog.stored import length, partial, path, present
from inference.types import Download

Cancelled = Callable[[], bool]


class ModelFile(Protocol):
    """A file that may have to be downloaded first."""

    @property
    def path(self) -> Path:
        """Where it lies, or will lie once downloaded."""
        ...

    def missing(self) -> Download | None:
        """What has to be downloaded; None where it is there. Cheap."""
        ...

    def fetch(self, on_progress: Callable[[Download], None], cancelled: Cancelled) -> None:
        """Blocking. Raises `InferenceError`."""
        ...


class OwnedFile:
    """A file the owner named; whether it can be read shows when it is loaded."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def missing(self) -> Download | None:
        return None

    def fetch(self, on_progress: Callable[[Download], None], cancelled: Cancelled) -> None:
        """Nothing to fetch."""


class CatalogFile:
    """The file of a catalog entry, in the models' folder."""

    def __init__(self, entry: CatalogEntry, folder: Path, endpoints: Endpoints) -> None:
        self._entry = entry
        self._folder = folder
        self._endpoints = endpoints
        self.path = path(entry, folder)

    def missing(self) -> Download | None:
        if present(self._entry, self._folder):
            return None
        return Download(length(partial(self._entry, self._folder)), self._entry.size)

    def fetch(self, on_progress: Callable[[Download], None], cancelled: Cancelled) -> None:
        begin(self._entry, self._folder, self._endpoints).wait(on_progress, cancelled)
