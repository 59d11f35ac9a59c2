"""The built-in models' files, for tests and benchmarks that need a real model."""

from __future__ import annotations

import os
from pathlib import Path

from inference.catalog import builtin
from inference.catalog.download import download
from inference.catalog.entry import CatalogEntry
from inference.catalog.sources import Endpoints

_ROOT = Path(__file__).resolve().parent.parent


def model_file(entry: CatalogEntry) -> Path:
    """Downloaded if need be, into a folder that all runs share. Raises `InferenceError`."""
    folder = Path(os.environ.get("MYLLM_TEST_MODELS_DIR") or _ROOT / "var" / "models")
    return download(entry, folder, Endpoints(), lambda _: None, lambda: False).resolve()


def offer(folder: Path, file: Path, entry: CatalogEntry = builtin.SMOLLM2) -> None:
    """Let a server with this data folder find a built-in model already downloaded."""
    models = folder / "models"
    models.mkdir(exist_ok=True)
    (models / entry.file_name).symlink_to(file)
