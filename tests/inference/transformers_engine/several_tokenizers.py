"""Tokenizers of many kinds, all with a chat template."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from transformers import AutoTokenizer

from tests.inference.transformers_engine.made_tokenizers import MADE
from tests.inference.transformers_engine.own_model import save_own_model
from tests.inference.transformers_engine.real_tokenizers import tokenizer_folder

REAL = ("qwen3", "deepseek")
OWN = "own_code"
KINDS = (*REAL, *sorted(MADE), OWN)


@cache
def tokenizer_of(kind: str) -> Any:
    """Not to be changed: all tests have the same one."""
    if kind in MADE:
        return MADE[kind]()
    if kind in REAL:
        return AutoTokenizer.from_pretrained(tokenizer_folder(kind))
    with TemporaryDirectory() as folder:
        save_own_model(Path(folder))
        return AutoTokenizer.from_pretrained(folder, trust_remote_code=True)
