"""Wraps a backend to give it another id and name: two files may have the same name."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from itertools import count

from inference.backends.base import Backend
from inference.backends.wrapped import WrappedBackend
from inference.types import ModelCard


class IdentifiedBackend(WrappedBackend):
    """`id` replaces the backend's; with an empty `name` the backend's is used."""

    def __init__(self, backend: Backend, id: str, name: str = "") -> None:  # noqa: A002 - as in cards
        super().__init__(backend)
        self._id = id
        self._name = name

    @property
    def card(self) -> ModelCard:
        own = self._backend.card
        if not self._name:
            return replace(own, id=self._id)
        return replace(own, id=self._id, name=self._name, english_name="")


def numbered(backend: Backend, taken: Collection[str]) -> Backend:
    """The backend itself where its id is free, else with the first free number after it."""
    card = backend.card
    if card.id not in taken:
        return backend
    number = next(n for n in count(2) if f"{card.id}-{n}" not in taken)
    return IdentifiedBackend(backend, f"{card.id}-{number}", f"{card.name} ({number})")
