"""The built-in models' files, for benchmarks that need a real model."""

from __future__ import annotations

from pathlib import Path

from inference.catalog.builtin import SMOLLM2
from tests.builtin_models import model_file


def builtin_file() -> Path:
    """SmolLM2's, downloaded if need be. Raises `InferenceError`."""
    return model_file(SMOLLM2)
