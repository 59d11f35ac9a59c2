"""The path of a GGUF file, alone where it ends in `.gguf`, else after `gguf:`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from inference.backends.base import Backend
from inference.backends.gguf_spec import gguf_path
from inference.backends.llama_cpp import LlamaCppBackend
from inference.backends.llama_size import SizeSettings
from inference.backends.model_file import OwnedFile
from inference.catalog.found.gguf_files import model_name
from inference.catalog.found.ollama_store import name_of_blob
from inference.catalog.gguf import read_header
from inference.catalog.stored import length
from inference.config import EngineConfig
from inference.errors import InferenceError
from inference.remote.account import Account
from inference.specs.reader import ModelSpecError
from inference.specs.unsuitable_path import refuse_unsuitable
from inference.types import ModelCard


class GgufFileReader:
    """Whether the file can be read shows when it is loaded; one of another kind is refused."""

    example = "the path of a .gguf file"

    def reads(self, spec: str) -> bool:
        return gguf_path(spec) is not None

    def open(self, spec: str, config: EngineConfig, account: Account | None) -> Iterator[Backend]:
        path = gguf_path(spec)
        if path is None:
            raise ModelSpecError(f"{spec!r} names no GGUF file")
        refuse_unsuitable(spec)
        yield LlamaCppBackend(_card(path, config.slots), OwnedFile(path), size_settings(config))


def _card(path: Path, slots: int) -> ModelCard:
    """Named after the file, or as Ollama calls it."""
    name = name_of_blob(path) or model_name(path.name)
    return ModelCard(
        id=name,
        name=name,
        backend="llama_cpp",
        slots=slots,
        size=length(path) or None,
        quantisation=_quantisation(path),
    )


def _quantisation(path: Path) -> str:
    try:
        return read_header(path).quantisation
    except InferenceError:
        return ""


def size_settings(config: EngineConfig) -> SizeSettings:
    """What the owner set for llama.cpp."""
    return SizeSettings(
        config.slots, config.kv_tokens, config.threads, prompt_cache_mib=config.prompt_cache_mb
    )
