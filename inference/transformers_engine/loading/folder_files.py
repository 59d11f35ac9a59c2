"""Reads a model folder's JSON files, without transformers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

CONFIG = "config.json"
TOKENIZER_CONFIG = "tokenizer_config.json"
GENERATION_CONFIG = "generation_config.json"
TEMPLATE = "chat_template.jinja"
TEMPLATE_JSON = "chat_template.json"
_MORE_TEMPLATES = "additional_chat_templates"

_VOCABULARIES = (
    *("tokenizer.json", "tokenizer.model", "vocab.json", "vocab.txt", "tekken.json"),
    *("*.tiktoken", "*.model", "tokenizer.model.*"),
)
"""Files that may hold a tokenizer's vocabulary."""


def read_json(file: Path) -> dict[str, Any]:
    """The object in the file; empty where there is none that can be read."""
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def is_damaged(file: Path) -> bool:
    """Whether a JSON file exists and cannot be read."""
    try:
        return not isinstance(json.loads(file.read_text(encoding="utf-8")), dict)
    except FileNotFoundError:
        return False
    except (OSError, ValueError, RecursionError):
        return True


def has_vocabulary(folder: Path) -> bool:
    """Whether a tokenizer can be made: transformers makes an empty one without an error."""
    return any(True for pattern in _VOCABULARIES for _ in folder.glob(pattern))


def template_file(folder: Path) -> Path | None:
    """What the folder's chat template is read from, None where it has none: transformers takes the
    last of these from a vision model's folder alone, whose language model uses the same format.
    """
    if (folder / TEMPLATE).exists():
        return folder / TEMPLATE
    if read_json(folder / TOKENIZER_CONFIG).get("chat_template"):
        return folder / TOKENIZER_CONFIG
    rest = (folder / _MORE_TEMPLATES, folder / TEMPLATE_JSON)
    return next((path for path in rest if path.exists()), None)


def is_text(file: Path) -> bool:
    """Whether the file holds text, in UTF-8."""
    try:
        return bool(file.read_text(encoding="utf-8").strip())
    except (OSError, UnicodeDecodeError):
        return False
