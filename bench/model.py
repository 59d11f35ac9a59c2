"""The built-in model's file, for benchmarks that need a real model."""

from __future__ import annotations

import os
from pathlib import Path

from bench.report import say
from inference.catalog import builtin

ROOT = Path(__file__).resolve().parents[1]


def builtin_file() -> Path:
    """Fetched if need be, into the folder the tests use too. Raises `InferenceError`."""
    folder = Path(os.environ.get("MYLLM_TEST_MODELS_DIR") or ROOT / "var" / "models")
    if not builtin.present(folder):
        say("fetching the built-in model")
        builtin.fetch(folder, lambda _: None, lambda: False)
    return builtin.path(folder).resolve()
