"""Hugging Face's cache: `models--OWNER--NAME/snapshots/REVISION`, its files linked to `blobs`.

The layout: https://huggingface.co/docs/huggingface_hub/guides/manage-cache
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from inference.catalog.found.candidate import Candidate, Origin
from inference.catalog.found.folders import files_in, folders_below, folders_in
from inference.catalog.found.gguf_files import gguf_candidates
from inference.catalog.found.surroundings import Surroundings
from inference.catalog.found.weights_folder import folder_candidate

PREFIX = "models--"
_DEPTH = 2
"""Repositories of GGUF files keep large ones in a folder for each quantisation."""


def caches(around: Surroundings) -> list[Path]:
    """Where the cache may be, as huggingface_hub looks for it."""
    named = around.named("HF_HUB_CACHE", "HUGGINGFACE_HUB_CACHE")
    homes = around.named("HF_HOME")
    return [*named, *(home / "hub" for home in homes), around.cache / "huggingface" / "hub"]


def models_in_cache(cache: Path, origin: Origin = Origin.HUGGING_FACE) -> Iterator[Candidate]:
    """Of each repository the revision that is used. A file appears in it once it is whole."""
    for entry in folders_in(cache):
        snapshot = current_snapshot(entry) if entry.name.startswith(PREFIX) else None
        if snapshot is not None:
            yield from models_in_snapshot(snapshot, repository(entry), str(entry), origin)


def models_in_snapshot(snapshot: Path, name: str, spec: str, origin: Origin) -> Iterator[Candidate]:
    """The folder itself, by the spec, and the GGUF files in it, by their paths."""
    if (found := folder_candidate(snapshot, origin, name, spec)) is not None:
        yield found
    for folder in folders_below(snapshot, _DEPTH):
        yield from gguf_candidates(files_in(folder), origin)


def repository(entry: Path) -> str:
    """`OWNER/NAME` of a cache entry's folder."""
    return entry.name.removeprefix(PREFIX).replace("--", "/")


def current_snapshot(entry: Path) -> Path | None:
    """The revision that `refs/main` names, else the newest."""
    snapshots = folders_in(entry / "snapshots")
    main = _revision(entry / "refs" / "main")
    return max(snapshots, key=lambda folder: (folder.name == main, _changed(folder)), default=None)


def _revision(reference: Path) -> str:
    try:
        return reference.read_text(encoding="utf-8").strip()
    except (OSError, ValueError):
        return ""


def _changed(folder: Path) -> float:
    try:
        return folder.stat().st_mtime
    except OSError:
        return 0.0
