"""Whether the llama.cpp installed here knows an architecture that the tables do not have yet."""

from __future__ import annotations

import functools
from importlib.util import find_spec
from pathlib import Path

_ENDINGS = (".so", ".pyd")


@functools.cache
def names_architecture(architecture: str) -> bool:
    """Whether the library holds the name as a text of its own, as it does those of architectures.
    Nothing is imported. Blocking; it reads some tens of megabytes.
    """
    name = architecture.encode() + b"\0"
    return any(name in _content(file) for file in library_files())


def library_files() -> list[Path]:
    """The library's compiled parts; none where it is not installed."""
    found = find_spec("xllamacpp")
    if found is None or found.origin is None:
        return []
    folder = Path(found.origin).parent
    return [file for file in folder.iterdir() if file.suffix in _ENDINGS]


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError:
        return b""
