"""The path of a `.gguf` file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from inference.backends.base import Backend
from inference.backends.llama_cpp import LlamaCppBackend
from inference.backends.llama_size import SizeSettings
from inference.backends.model_file import OwnedFile
from inference.config import EngineConfig
from inference.option_rules import LLAMA_CPP
from inference.remote.account import Account
from inference.types import ModelCard


class GgufFileReader:
    """Whether the file can be read shows when it is loaded."""

    example = "the path of a .gguf file"

    def reads(self, spec: str) -> bool:
        return spec.lower().endswith(".gguf")

    def open(self, spec: str, config: EngineConfig, account: Account | None) -> Iterator[Backend]:
        path = Path(spec).expanduser()
        card = ModelCard(
            id=path.stem,
            name=path.stem,
            backend="llama_cpp",
            slots=config.slots,
            option_rules=LLAMA_CPP,
        )
        yield LlamaCppBackend(card, OwnedFile(path), size_settings(config))


def size_settings(config: EngineConfig) -> SizeSettings:
    """What the owner set for llama.cpp."""
    return SizeSettings(
        config.slots, config.kv_tokens, config.threads, prompt_cache_mib=config.prompt_cache_mb
    )
