"""A folder's tokenizer and template, tried once before anybody is answered."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from transformers import AutoTokenizer

from inference.errors import InferenceErrorCode
from inference.local.chat_template import ChatTemplate
from inference.local.conversation_text import TemplateFaultError
from inference.local.folder_check import file_error
from inference.local.folder_files import template_file
from inference.text.prompt_style import PromptStyle

_TRIAL = "Hello, 你好"
_DAMAGED = InferenceErrorCode.MODEL_FILE_DAMAGED


def load_tokenizer(folder: Path, *, runs_code: bool) -> Any:
    """Raises `InferenceError` with `model_file_damaged` for one that makes no tokens of a text:
    transformers makes an empty one where its files are not all there.
    """
    try:
        tokenizer = AutoTokenizer.from_pretrained(folder, trust_remote_code=runs_code)
        tokens = tokenizer.encode(_TRIAL, add_special_tokens=False)
        is_usable = bool(tokens) and bool(tokenizer.decode(tokens))
    except (LookupError, TypeError, AttributeError) as error:
        if runs_code:
            raise
        raise file_error(_DAMAGED, folder / "tokenizer.json", error) from None
    if not is_usable:
        raise file_error(_DAMAGED, folder / "tokenizer.json", "makes no tokens of a text")
    return tokenizer


def load_template(folder: Path, tokenizer: Any, style: PromptStyle) -> ChatTemplate:
    """Raises `InferenceError` with `model_file_damaged` for a template that cannot be applied."""
    try:
        return ChatTemplate(tokenizer, style)
    except TemplateFaultError as error:
        raise file_error(_DAMAGED, template_file(folder), error) from None
