"""Compressed copies beside the page's files, for the server to send in their place."""

from __future__ import annotations

import gzip
from pathlib import Path

_COMPRESSIBLE = frozenset({".css", ".html", ".js", ".json", ".svg", ".ttf", ".webmanifest"})


def compress(page: Path) -> None:
    """A `.gz` beside every file that gzip makes smaller: a phone's Wi-Fi is the slowest link."""
    for file in [file for file in page.rglob("*") if file.suffix in _COMPRESSIBLE]:
        content = file.read_bytes()
        smaller = gzip.compress(content, mtime=0)
        if len(smaller) < len(content):
            file.with_name(f"{file.name}.gz").write_bytes(smaller)
