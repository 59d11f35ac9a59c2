"""A model's files as a reader of some layout found them; what is in them was not looked at."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class Origin(StrEnum):
    """Whose folder or server it is, as people name it."""

    OLLAMA = "Ollama"
    LM_STUDIO = "LM Studio"
    GPT4ALL = "GPT4All"
    HUGGING_FACE = "Hugging Face"
    MODELSCOPE = "ModelScope"
    FOLDER = "folder"
    SERVER = "server"


@dataclass(frozen=True, slots=True)
class Candidate:
    """`path` is the (first) GGUF file, or the folder that holds the model's config.json or, for an
    adapter, adapter_config.json. `files` are its weights. `projector` reads images for it.
    `has_template`: its layout has a chat template beside the files.
    """

    spec: str
    name: str
    origin: Origin
    path: Path
    files: tuple[Path, ...]
    projector: Path | None = None
    has_template: bool = False
