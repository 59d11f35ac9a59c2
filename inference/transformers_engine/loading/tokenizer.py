"""A folder's tokenizer and template, tried once before they are used."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from transformers import AutoTokenizer

from inference.errors import InferenceError
from inference.text.prompt_style import PromptStyle
from inference.transformers_engine.loading.file_fault import damaged
from inference.transformers_engine.loading.folder_files import (
    TEMPLATE_JSON,
    TOKENIZER_CONFIG,
    read_json,
    template_file,
)
from inference.transformers_engine.loading.vocabulary import faulty_file, vocabulary_file
from inference.transformers_engine.prompts.chat_template import ChatTemplate

_TRIAL = "Hello, 你好"


def load_tokenizer(folder: Path, *, runs_code: bool) -> Any:
    """Raises `InferenceError` with `model_file_damaged` for one that cannot be made, or makes no
    tokens of a text: transformers makes an empty one where its files are not all there.
    """
    try:
        tokenizer = AutoTokenizer.from_pretrained(folder, trust_remote_code=runs_code)
        tokens = tokenizer.encode(_TRIAL, add_special_tokens=False)
        is_usable = bool(tokens) and bool(tokenizer.decode(tokens))
    except (InferenceError, ImportError):
        raise
    except Exception as error:
        if runs_code:
            raise
        raise damaged(faulty_file(folder), error) from None
    if not is_usable:
        raise damaged(vocabulary_file(folder), "makes no tokens of a text")
    return tokenizer


def load_template(folder: Path, tokenizer: Any, style: PromptStyle) -> ChatTemplate:
    """Raises `InferenceError` with `model_file_damaged` for a template that cannot be applied."""
    file = template_file(folder)
    if file is not None and file.name == TEMPLATE_JSON:
        tokenizer.chat_template = _template_in(file)
    try:
        return ChatTemplate(tokenizer, style)
    except (InferenceError, ImportError):
        raise
    except Exception as error:
        raise damaged(file or folder / TOKENIZER_CONFIG, error) from error


def _template_in(file: Path) -> str:
    found = read_json(file).get("chat_template")
    if not isinstance(found, str) or not found.strip():
        raise damaged(file, "no chat_template")
    return found
