"""A path as an owner types it."""

from __future__ import annotations

import os
from pathlib import Path


def typed_path(text: str) -> Path:
    """The path with `~` expanded, unless its user is unknown. Never raises."""
    return Path(os.path.expanduser(text))  # noqa: PTH111 - `Path.expanduser` raises
