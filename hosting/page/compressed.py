"""Compressed copies of the page's files, which the server sends instead."""

from __future__ import annotations

import gzip
from pathlib import Path

_COMPRESSIBLE = frozenset({".css", ".html", ".js", ".json", ".svg", ".ttf", ".webmanifest"})


def compress(page: Path) -> None:
    """Write a `.gz` beside every file that gzip makes smaller, since a phone's Wi-Fi is slow."""
    for file in [file for file in page.rglob("*") if file.suffix in _COMPRESSIBLE]:
        content = file.read_bytes()
        smaller = gzip.compress(content, mtime=0)
        if len(smaller) < len(content):
            file.with_name(f"{file.name}.gz").write_bytes(smaller)
