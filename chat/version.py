"""The version: that of the newest entry in the CHANGELOG."""

from __future__ import annotations

import re
from pathlib import Path

_CHANGELOG = Path(__file__).resolve().parent.parent / "CHANGELOG.md"
_ENTRY = re.compile(r"^## (\d+\.\d+\.\d+)", re.MULTILINE)


def _newest() -> str:
    found = _ENTRY.search(_CHANGELOG.read_text(encoding="utf-8"))
    if found is None:
        raise ValueError(f"{_CHANGELOG} names no version")
    return found[1]


VERSION = _newest()
