"""The version: that of the CHANGELOG's newest entry, or of an installed package's metadata."""

from __future__ import annotations

import re
from importlib.metadata import version
from pathlib import Path

_CHANGELOG = Path(__file__).resolve().parent.parent / "CHANGELOG.md"
_ENTRY = re.compile(r"^## (\d+\.\d+\.\d+)", re.MULTILINE)


def _newest() -> str:
    try:
        changes = _CHANGELOG.read_text(encoding="utf-8")
    except FileNotFoundError:
        return version("myllm")
    found = _ENTRY.search(changes)
    if found is None:
        raise ValueError(f"{_CHANGELOG} names no version")
    return found[1]


VERSION = _newest()
