"""What `manage.py model` needs of whoever has the list."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

Entry = dict[str, Any]
"""A model as `GET /models` gives it."""


class ModelAccess(Protocol):
    """Blocks. Raises Refusal with the sentence where something is refused."""

    is_server: bool
    """Whether what is begun goes on after this command."""

    def models(self) -> list[Entry]:
        """The default first."""
        ...

    def offer(self) -> list[Entry]:
        """What could be downloaded."""
        ...

    def found(self) -> list[Entry]:
        """What is on this computer already."""
        ...

    def add(self, wanted: Mapping[str, object]) -> Entry:
        """As `POST /models`; the download of what is missing begins."""
        ...

    def change(self, model: str, changes: Mapping[str, object]) -> Entry:
        """As `PATCH /models/{model}`."""
        ...

    def fetch(self, model: str) -> Entry:
        """Begin the download of what is missing, or go on with it."""
        ...

    def remove(self, model: str, *, files: bool) -> None:
        """As `DELETE /models/{model}`."""
        ...
