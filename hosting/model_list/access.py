"""What `manage.py model` requires of a list of models."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

Entry = dict[str, Any]
"""A model as in `GET /models`."""


class ModelAccess(Protocol):
    """Blocks. Raises `Refusal` with the reason if a request is refused."""

    is_server: bool
    """Whether downloads continue after this command."""

    def models(self) -> list[Entry]:
        """The default first."""
        ...

    def offer(self) -> list[Entry]:
        """The models that can be downloaded."""
        ...

    def found(self) -> list[Entry]:
        """The models that exist on this computer."""
        ...

    def add(self, wanted: Mapping[str, object]) -> Entry:
        """As `POST /models`; starts the download of missing files."""
        ...

    def change(self, model: str, changes: Mapping[str, object]) -> Entry:
        """As `PATCH /models/{model}`."""
        ...

    def fetch(self, model: str) -> Entry:
        """Start or continue the download of missing files."""
        ...

    def remove(self, model: str, *, files: bool) -> None:
        """As `DELETE /models/{model}`."""
        ...
