"""LM Studio's models: `PUBLISHER/REPOSITORY/*.gguf`, on a Mac also folders in MLX's format."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from inference.catalog.found.candidate import Candidate, Origin
from inference.catalog.found.folders import json_in
from inference.catalog.found.model_tree import models_below
from inference.catalog.found.surroundings import Surroundings

_DEPTH = 3


def model_folders(around: Surroundings) -> list[Path]:
    """Its folders of today and before, and the one that its settings name."""
    today = around.home / ".lmstudio"
    chosen = json_in(today / "settings.json").get("downloadsFolder")
    named = [around.expanded(chosen)] if isinstance(chosen, str) and chosen else []
    return [*named, today / "models", around.home / ".cache" / "lm-studio" / "models"]


def models_in(folder: Path) -> Iterator[Candidate]:
    return models_below(folder, _DEPTH, Origin.LM_STUDIO)
