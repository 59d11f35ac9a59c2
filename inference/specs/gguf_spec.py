"""How an owner names a GGUF file."""

from __future__ import annotations

from pathlib import Path

from inference.typed_path import typed_path

_PREFIX = "gguf:"
_ENDING = ".gguf"


def gguf_path(spec: str) -> Path | None:
    """The path that ends in `.gguf`, or after `gguf:` any path: Ollama's files have no ending.
    None for another kind of spec.
    """
    if spec[: len(_PREFIX)].lower() == _PREFIX:
        return typed_path(spec[len(_PREFIX) :].strip())
    return typed_path(spec) if spec.lower().endswith(_ENDING) else None
