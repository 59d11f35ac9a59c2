"""The folder of an installed package, for files that are needed without its code."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path


def package_folder(name: str) -> Path:
    """Imports nothing. Raises `ModuleNotFoundError`."""
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(f"no package named {name!r}", name=name)
    return Path(spec.origin).parent
