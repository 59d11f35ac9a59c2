"""Assigns ids to opened models: their own, or a distinct one where that is taken."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

from inference.backends.base import Backend
from inference.backends.identified import IdentifiedBackend, numbered
from inference.typed_path import typed_path


class ModelIds:
    """Remembers which ids are `taken`. The same spec always gives the same id beside the same
    others.
    """

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._sources: dict[str, str] = dict.fromkeys(taken, "")

    def identified(self, spec: str, backend: Backend) -> Backend | None:
        """The model of a spec with a unique id, formed from its location: `name@folder`,
        `name@host:port`. None for a model that was given one already.
        """
        source = _source(spec, backend)
        if source in self._sources.values():
            return None
        found = self._free(spec, backend)
        self._sources[found.card.id] = source
        return found

    def _free(self, spec: str, backend: Backend) -> Backend:
        card = backend.card
        if card.id in self._sources:
            for place in _places(spec):
                if (unique := f"{card.id}@{place}") not in self._sources:
                    return IdentifiedBackend(backend, unique, f"{card.name} ({place})")
        return numbered(backend, self._sources)


def _source(spec: str, backend: Backend) -> str:
    """What the model is read from: the same for two ways to write it."""
    card = backend.card
    names_no_place = card.builtin or spec in (card.id, card.backend)
    return f"{card.id} {'' if names_no_place else _place(spec)}"


def _place(spec: str) -> str:
    return spec if _is_address(spec) else str(_path(spec).resolve())


def _places(spec: str) -> Iterator[str]:
    """What people call the place, the shortest first."""
    if _is_address(spec):
        yield urlsplit(spec[spec.index("http") :]).netloc
        return
    parents = _path(spec).parent.parts[1:]
    for begin in range(len(parents) - 1, -1, -1):
        yield "/".join(parents[begin:])


def _is_address(spec: str) -> bool:
    return "http://" in spec or "https://" in spec


def _path(spec: str) -> Path:
    return Path(os.path.abspath(typed_path(spec)))  # noqa: PTH100 - no link is followed
