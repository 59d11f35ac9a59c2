"""Folders as Hugging Face lays them out: tiny random weights, and the built-in model's."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.inference.transformers_engine.real_weights import weights_folder
from tests.inference.transformers_engine.tiny_models import save_tiny_model


@pytest.fixture(scope="session")
def qwen3_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny random Qwen3 with the real Qwen3 tokenizer and template."""
    folder = tmp_path_factory.mktemp("models") / "Qwen3-Tiny"
    save_tiny_model("qwen3", folder)
    return folder


@pytest.fixture(scope="session")
def real_folder(builtin_file: Path) -> Path:
    """The built-in model's weights and tokenizer, in bfloat16."""
    return weights_folder(builtin_file)
