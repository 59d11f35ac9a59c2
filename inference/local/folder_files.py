"""A model folder's JSON files, as far as they can be read without anything else."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

CONFIG = "config.json"
TOKENIZER_CONFIG = "tokenizer_config.json"

_VOCABULARIES = (
    *("tokenizer.json", "tokenizer.model", "vocab.json", "vocab.txt", "tekken.json"),
    *("*.tiktoken", "*.model", "tokenizer.model.*"),
)
"""What a tokenizer's vocabulary may lie in."""


TEMPLATE_FILES = ("chat_template.jinja", "chat_template.json", "additional_chat_templates")
"""Where a chat template may lie beside `tokenizer_config.json`."""


def read_json(file: Path) -> dict[str, Any]:
    """The object in the file; empty where there is none that can be read."""
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def is_damaged(file: Path) -> bool:
    """Whether a JSON file is there and cannot be read."""
    try:
        return not isinstance(json.loads(file.read_text(encoding="utf-8")), dict)
    except FileNotFoundError:
        return False
    except (OSError, ValueError, RecursionError):
        return True


def has_vocabulary(folder: Path) -> bool:
    """Whether a tokenizer can be made: transformers makes an empty one without a word."""
    return any(True for pattern in _VOCABULARIES for _ in folder.glob(pattern))


def template_file(folder: Path) -> Path:
    """What the folder's chat template is read from."""
    found = (folder / name for name in TEMPLATE_FILES if (folder / name).exists())
    return next(found, folder / TOKENIZER_CONFIG)
