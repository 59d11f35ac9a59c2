"""The models that are offered to download, by their ids."""

from __future__ import annotations

from collections.abc import Iterator

from inference.backends.base import Backend
from inference.backends.model_file import DownloadedFile
from inference.catalog.model_download import ModelDownload
from inference.catalog.offer import OfferEntry, find_offered
from inference.catalog.wanted import wanted_of_offer
from inference.config import EngineConfig
from inference.llama_cpp_engine.backend import LlamaCppBackend
from inference.llama_cpp_engine.gguf_memory import offer_memory
from inference.llama_cpp_engine.settings import size_settings
from inference.remote.account import Account
from inference.request.option_rules import LLAMA_CPP
from inference.specs.reader import ModelSpecError
from inference.types import ModelCard


class OfferedReader:
    """All of them are GGUF files. One that is for documents cannot be chatted with."""

    example = "qwen3-4b or another offered model"

    def reads(self, spec: str) -> bool:
        entry = find_offered(spec)
        return entry is not None and not entry.builtin

    def open(self, spec: str, config: EngineConfig, account: Account | None) -> Iterator[Backend]:
        entry, download = _entry(spec), self.download(spec, config)
        if entry.unusable == "embeddings":
            raise ModelSpecError(
                f"{spec!r} is for searching in documents, which MyLLM cannot do yet; "
                "choose a chat model"
            )
        file = DownloadedFile(download.folder / entry.files[0].file, download)
        card = offered_card(entry, config)
        yield LlamaCppBackend(card, file, size_settings(config), entry.options)

    def download(self, spec: str, config: EngineConfig) -> ModelDownload:
        """Of its files. Raises `ModelSpecError`."""
        return ModelDownload(wanted_of_offer(_entry(spec)), config.models_dir, config.endpoints)


def _entry(spec: str) -> OfferEntry:
    entry = find_offered(spec)
    if entry is None or not entry.files:
        raise ModelSpecError(f"{spec!r} is no offered model")
    return entry


def offered_card(entry: OfferEntry, config: EngineConfig) -> ModelCard:
    """The model's description before it is there."""
    return ModelCard(
        id=entry.id,
        name=entry.name,
        backend="llama_cpp",
        slots=config.slots,
        languages=entry.languages,
        size=entry.size,
        memory=offer_memory(entry, config),
        quantisation=entry.quantisation,
        licence=entry.licence,
        is_base=entry.is_base,
        abilities=entry.abilities,
        option_rules=LLAMA_CPP,
    )
