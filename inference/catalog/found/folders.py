"""Folders read with bounds: unreadable ones are passed over, loops and endless trees end."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_MOST_CHILDREN = 2000
_MOST_FOLDERS = 5000
_MOST_JSON_BYTES = 1 << 24


def children(folder: Path) -> list[Path]:
    """What is in it, in the order of names; nothing of one that cannot be read."""
    try:
        return sorted(folder.iterdir())[:_MOST_CHILDREN]
    except OSError:
        return []


def files_in(folder: Path) -> list[Path]:
    """Its files, those of links included."""
    return [path for path in children(folder) if is_file(path)]


def folders_in(folder: Path) -> list[Path]:
    """Its folders but for hidden ones, where programs keep what is under way."""
    return [path for path in children(folder) if path.name[:1] != "." and is_folder(path)]


def folders_below(root: Path, depth: int) -> Iterator[Path]:
    """The root and its folders, at most so many levels down, each once whatever links there are."""
    seen: set[Path] = set()
    level = [root] if is_folder(root) else []
    for _ in range(depth + 1):
        fresh = [folder for folder in level if _is_new(folder, seen)]
        yield from fresh
        level = [below for folder in fresh for below in folders_in(folder)]


def is_file(path: Path) -> bool:
    """Also False where that cannot be determined."""
    try:
        return path.is_file()
    except OSError:
        return False


def is_folder(path: Path) -> bool:
    """Also False where that cannot be determined."""
    try:
        return path.is_dir()
    except OSError:
        return False


def size_of(files: tuple[Path, ...]) -> int | None:
    """Bytes of all of them; None where one cannot be read."""
    try:
        return sum(path.stat().st_size for path in files)
    except OSError:
        return None


def json_in(file: Path) -> dict[str, Any]:
    """The object in a small file; an empty one where there is none."""
    try:
        with file.open("rb") as source:
            found = json.loads(source.read(_MOST_JSON_BYTES))
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _is_new(folder: Path, seen: set[Path]) -> bool:
    try:
        real = folder.resolve()
    except (OSError, RuntimeError):
        return False
    if real in seen or len(seen) >= _MOST_FOLDERS:
        return False
    seen.add(real)
    return True
