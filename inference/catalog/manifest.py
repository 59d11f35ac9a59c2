"""The list of a model's files, stored beside them, so that the hub is not queried again and its
digests are kept for later checks.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import msgspec

from inference.catalog.digest import Digest
from inference.catalog.entry import FileEntry
from inference.catalog.hub_id import is_safe_name
from inference.catalog.sources import HubFile


@dataclass(frozen=True, slots=True)
class _Stored:
    """A file entry as JSON; it comes from hubs alone."""

    file: str
    size: int
    digest: Digest | None
    sources: tuple[HubFile, ...]


def read_manifest(path: Path) -> tuple[FileEntry, ...]:
    """Nothing where there is none, or it cannot be read."""
    try:
        stored = msgspec.json.decode(path.read_bytes(), type=tuple[_Stored, ...])
    except (OSError, msgspec.DecodeError):
        return ()
    if not all(is_safe_name(one.file) and one.size >= 0 for one in stored):
        return ()
    return tuple(FileEntry(one.file, one.size, one.digest, one.sources) for one in stored)


def write_manifest(path: Path, files: tuple[FileEntry, ...]) -> None:
    """Whole or not at all. Raises `OSError`."""
    stored = [_Stored(one.file_name, one.size, one.digest, _hubs(one)) for one in files]
    unfinished = path.with_name(f"{path.name}.new")
    unfinished.write_bytes(msgspec.json.format(msgspec.json.encode(stored)))
    unfinished.replace(path)


def _hubs(file: FileEntry) -> tuple[HubFile, ...]:
    return tuple(source for source in file.sources if isinstance(source, HubFile))
