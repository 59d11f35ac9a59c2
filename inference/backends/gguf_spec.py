"""How an owner names a GGUF file."""

from __future__ import annotations

from pathlib import Path

_PREFIX = "gguf:"
_ENDING = ".gguf"


def gguf_path(spec: str) -> Path | None:
    """The path that ends in `.gguf`, or after `gguf:` any path: Ollama's files have no ending.
    None for another kind of spec.
    """
    if spec[: len(_PREFIX)].lower() == _PREFIX:
        return Path(spec[len(_PREFIX) :].strip()).expanduser()
    return Path(spec).expanduser() if spec.lower().endswith(_ENDING) else None
