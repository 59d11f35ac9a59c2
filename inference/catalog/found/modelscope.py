"""ModelScope's cache, in the layouts of its clients from the first to modelscope-hub.

`OWNER/NAME` in the cache itself, in `hub`, in `models` or in `hub/models`, a dot in the name
written as three underscores; and `models/OWNER--NAME/snapshots/REVISION`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from inference.catalog.found.candidate import Candidate, Origin
from inference.catalog.found.folders import files_in, folders_below, folders_in
from inference.catalog.found.gguf_files import gguf_candidates
from inference.catalog.found.hugging_face import current_snapshot, models_in_snapshot
from inference.catalog.found.surroundings import Surroundings
from inference.catalog.found.weights_folder import folder_candidate, folder_name

_OTHER_THINGS = ("datasets", "studios", "mcps", "skills", "hub", "models", "ast_indexer")
_DEPTH = 2


def caches(around: Surroundings) -> list[Path]:
    """Every folder that may hold owners' folders, or entries of the new layout."""
    homes = [*around.named("MODELSCOPE_CACHE"), around.cache / "modelscope"]
    return [
        place
        for home in homes
        for place in (home / "models", home / "hub" / "models", home / "hub", home)
    ]


def models_in_cache(cache: Path) -> Iterator[Candidate]:
    """Those of all owners. What is being downloaded lies in hidden folders, which are not read."""
    for owner in folders_in(cache):
        if owner.name in _OTHER_THINGS:
            continue
        if (owner / "snapshots").is_dir():
            yield from _models_in_entry(owner)
            continue
        for folder in folders_in(owner):
            yield from _models_in_repository(folder, f"{owner.name}/{folder_name(folder)}")


def _models_in_entry(entry: Path) -> Iterator[Candidate]:
    snapshot = current_snapshot(entry)
    if snapshot is not None:
        name = entry.name.replace("--", "/", 1)
        yield from models_in_snapshot(snapshot, name, str(entry), Origin.MODELSCOPE)


def _models_in_repository(folder: Path, name: str) -> Iterator[Candidate]:
    if (found := folder_candidate(folder, Origin.MODELSCOPE, name)) is not None:
        yield found
    for below in folders_below(folder, _DEPTH):
        yield from gguf_candidates(files_in(below), Origin.MODELSCOPE)
