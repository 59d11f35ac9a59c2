"""The manifest of a backup: its version, its date, its files."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Kept:
    """One file: its length in bytes and its SHA-256 in hexadecimal."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """`version` is that of the program that made the backup, `created` is ISO 8601 with a time
    zone. `files` maps paths in the data folder, in POSIX form, to the files.
    """

    version: str
    created: str
    files: Mapping[str, Kept] = field(default_factory=dict)
    format: int = FORMAT

    def encoded(self) -> bytes:
        return json.dumps(asdict(self), indent=1).encode()


def decoded(record: bytes) -> Manifest:
    """Raises `ValueError` if the record is not a manifest of this format."""
    try:
        found = json.loads(record)
        files = {
            str(name): Kept(int(one["size"]), str(one["sha256"]))
            for name, one in found["files"].items()
        }
        made = Manifest(str(found["version"]), str(found["created"]), files, int(found["format"]))
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(str(error)) from error
    if made.format != FORMAT:
        raise ValueError(f"format {made.format}")
    return made
