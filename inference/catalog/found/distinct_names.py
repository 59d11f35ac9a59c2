"""Models of one name made distinguishable, by the folders in which they lie. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from inference.catalog.found.model import FoundModel


def with_distinct_names(models: Sequence[FoundModel]) -> list[FoundModel]:
    """In their order; a name that several have gets the origin added if that distinguishes them,
    else as much of the path as does.
    """
    clashing = _clashing(models)
    return [_distinct(model, clashing[model.name]) for model in models]


def _clashing(models: Sequence[FoundModel]) -> dict[str, list[FoundModel]]:
    counts = Counter(model.name for model in models)
    return {
        name: [model for model in models if model.name == name] if count > 1 else []
        for name, count in counts.items()
    }


def _distinct(model: FoundModel, same: Sequence[FoundModel]) -> FoundModel:
    if not same:
        return model
    if len({other.origin for other in same}) == len(same):
        return replace(model, name=f"{model.name} ({model.origin})")
    paths = [other.path for other in same]
    return replace(model, name=f"{model.name} ({_place(model.path, paths)})")


def _place(path: Path, paths: Sequence[Path]) -> str:
    """The fewest folders above the file that no other of these lies in, nearest last."""
    for depth in range(1, len(path.parts)):
        tails = Counter(_tail(other, depth) for other in paths)
        if tails[_tail(path, depth)] == 1:
            return "/".join(_tail(path, depth))
    return str(path)


def _tail(path: Path, depth: int) -> tuple[str, ...]:
    return path.parent.parts[-depth:]
