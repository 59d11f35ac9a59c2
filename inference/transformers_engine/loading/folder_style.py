"""The prompt style of a Hugging Face folder's model, found without loading it."""

from __future__ import annotations

from pathlib import Path

from inference.text.prompt_style import OWN, PromptStyle, named_style
from inference.transformers_engine.loading.folder_files import template_file


def folder_style(folder: Path) -> PromptStyle:
    """The style of a Hugging Face folder; an entry of its cache has the name above a hash."""
    if has_template(folder):
        return OWN
    is_cached = folder.parent.name == "snapshots"
    return named_style(folder.parent.parent.name if is_cached else folder.name)


def has_template(folder: Path) -> bool:
    """Whether the folder brings a chat template, in any of the places that transformers reads."""
    return template_file(folder) is not None
