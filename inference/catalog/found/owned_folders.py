"""The server's own folder of models, and those that the owner named."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

from inference.catalog.found.candidate import Candidate, Origin
from inference.catalog.found.model_tree import models_below

_DEPTH = 3


def models_in(folder: Path, known: Collection[str]) -> Iterator[Candidate]:
    """All but the files of the names that are known otherwise: the offered ones."""
    for found in models_below(folder, _DEPTH, Origin.FOLDER):
        if found.path.name not in known:
            yield found
