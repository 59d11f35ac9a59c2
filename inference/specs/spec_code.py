"""The program code of the folder that a spec names."""

from __future__ import annotations

from inference.specs.model_folder import find_folder
from inference.transformers_engine.loading.model_code import ModelCode, model_code


def spec_code(spec: str) -> ModelCode:
    """Empty for a spec that names no folder. Blocking; nothing is run or fetched."""
    found = find_folder(spec)
    return ModelCode() if found is None else model_code(found.path)
