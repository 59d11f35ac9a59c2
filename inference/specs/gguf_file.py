"""The path of a GGUF file, alone where it ends in `.gguf`, else after `gguf:`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from inference.backends.base import Backend
from inference.backends.model_file import OwnedFile
from inference.catalog.found.gguf_files import model_name
from inference.catalog.found.ollama_store import name_of_blob
from inference.catalog.gguf import GgufHeader, read_header
from inference.config import EngineConfig
from inference.errors import InferenceError
from inference.llama_cpp_engine.backend import LlamaCppBackend
from inference.llama_cpp_engine.gguf_memory import gguf_weights, header_memory
from inference.llama_cpp_engine.settings import size_settings
from inference.remote.account import Account
from inference.request.option_rules import LLAMA_CPP
from inference.specs.gguf_spec import gguf_path
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
        yield gguf_backend(path, config)


def gguf_backend(path: Path, config: EngineConfig) -> Backend:
    """The model in a file that lies here. Blocking: reads its header."""
    return LlamaCppBackend(_card(path, config), OwnedFile(path), size_settings(config))


def _card(path: Path, config: EngineConfig) -> ModelCard:
    """Named after the file, or as Ollama calls it."""
    name = name_of_blob(path) or model_name(path.name)
    header, weights = _header(path), gguf_weights(path)
    return ModelCard(
        id=name,
        name=name,
        backend="llama_cpp",
        slots=config.slots,
        size=weights or None,
        memory=None if header is None else header_memory(header, weights, config),
        quantisation=header.quantisation if header else "",
        option_rules=LLAMA_CPP,
    )


def _header(path: Path) -> GgufHeader | None:
    """None where it cannot be read, which shows when the model is loaded."""
    try:
        return read_header(path)
    except InferenceError:
        return None
