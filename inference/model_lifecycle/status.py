"""One model's card, with its current state."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from inference.backends.base import Backend
from inference.errors import InferenceError
from inference.types import Download, ModelCard, ModelState


class ModelStatus:
    """Holds the card, and calls `on_change` after each change. Used from one event loop."""

    def __init__(self, backend: Backend, on_change: Callable[[], None]) -> None:
        self.card: ModelCard = backend.card
        self._backend = backend
        self._on_change = on_change

    def report(
        self, state: ModelState, progress: float | None, download: Download | None = None
    ) -> None:
        """Set the state and the progress; see `Report`."""
        changed = replace(self.card, state=state, progress=progress, download=download, error=None)
        self._set(changed)

    def ready(self) -> None:
        """It is loaded; takes what the backend knows only then."""
        self._set(replace(self._backend.card, state=ModelState.READY))

    def unloaded(self) -> None:
        """Its file is there, and it holds no memory."""
        self._set(replace(self._backend.card, state=ModelState.UNLOADED, download=None))

    def absent(self, download: Download | None) -> None:
        """Its file is missing, and is not being downloaded."""
        self._set(replace(self._backend.card, state=ModelState.ABSENT, download=download))

    def fail(self, error: InferenceError) -> None:
        self._set(replace(self.card, state=ModelState.FAILED, progress=None, error=error))

    def _set(self, card: ModelCard) -> None:
        self.card = card
        self._on_change()
