"""Which files of the data folder belong to a backup."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from hosting.database.files import NAME

MANIFEST = "manifest.json"
JOURNAL = "journal"
FILES = ("secret_key",)
FOLDERS = ("attachments", "tls")
"""Models, logs and caches are left out: they can be downloaded or created again."""


def kept_files(folder: Path) -> Iterator[Path]:
    """The files of the data folder that no process changes: they can be copied as they are."""
    yield from (folder / name for name in FILES if (folder / name).is_file())
    for name in FOLDERS:
        yield from sorted(path for path in (folder / name).rglob("*") if path.is_file())


def is_allowed(name: str) -> bool:
    """Whether a file of this name may be restored: it is one of the names above, and no path that
    leaves the data folder.
    """
    path = PurePosixPath(name)
    is_plain = not path.is_absolute() and ".." not in path.parts and "\\" not in name
    if not is_plain or str(path) != name or any(":" in part for part in path.parts):
        return False
    return name in (NAME, *FILES) or (len(path.parts) > 1 and path.parts[0] in (*FOLDERS, JOURNAL))
