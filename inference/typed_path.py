"""A path as an owner types it."""

from __future__ import annotations

import os
from pathlib import Path


def typed_path(text: str) -> Path:
    """With `~` as somebody's home; that of an unknown user stays as it is. Never raises."""
    return Path(os.path.expanduser(text))  # noqa: PTH111 - `Path.expanduser` raises
