"""`builtin`, and the built-in models by their names."""

from __future__ import annotations

from collections.abc import Iterator

from inference.backends.base import Backend
from inference.backends.model_file import CatalogFile
from inference.catalog import builtin
from inference.config import EngineConfig
from inference.llama_cpp_engine.backend import LlamaCppBackend
from inference.llama_cpp_engine.gguf_memory import builtin_memory
from inference.llama_cpp_engine.settings import size_settings
from inference.remote.account import Account
from inference.request.option_rules import LLAMA_CPP
from inference.specs.reader import ModelSpecError
from inference.types import ModelCard, ModelNote


class BuiltinReader:
    """`builtin` is chosen by the free memory."""

    example = f"builtin, {', '.join(builtin.ENTRIES)}"

    def reads(self, spec: str) -> bool:
        return builtin.find(spec, None) is not None

    def open(self, spec: str, config: EngineConfig, account: Account | None) -> Iterator[Backend]:
        entry = builtin.find(spec, config.free_memory)
        if entry is None:
            raise ModelSpecError(f"{spec!r} is no built-in model")
        is_smaller = spec == builtin.BUILTIN and builtin.is_short(config.free_memory)
        card = ModelCard(
            id=entry.id,
            name=entry.name,
            backend="llama_cpp",
            slots=config.slots,
            builtin=True,
            notes=(ModelNote.LITTLE_MEMORY,) if is_smaller else (),
            languages=entry.languages,
            size=entry.size,
            memory=builtin_memory(entry, config),
            quantisation=entry.quantisation,
            licence=entry.licence,
            option_rules=LLAMA_CPP,
        )
        file = CatalogFile(entry, config.models_dir, config.endpoints)
        yield LlamaCppBackend(card, file, size_settings(config), entry.options)
