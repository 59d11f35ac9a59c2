"""A folder as Hugging Face lays it out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from inference.backends.base import Backend
from inference.backends.model_folder import find_folder
from inference.backends.transformers import FolderModel, TransformersBackend
from inference.config import EngineConfig
from inference.remote.account import Account
from inference.specs.reader import ModelSpecError
from inference.specs.unsuitable_path import refuse_unsuitable
from inference.types import ModelCard


class FolderReader:
    """Itself, or an entry of Hugging Face's cache."""

    example = "a folder with a config.json"

    def reads(self, spec: str) -> bool:
        return bool(spec) and (find_folder(spec) is not None or Path(spec).expanduser().is_dir())

    def open(self, spec: str, config: EngineConfig, account: Account | None) -> Iterator[Backend]:
        refuse_unsuitable(spec)
        found = find_folder(spec)
        if found is None:
            raise ModelSpecError(f"{spec!r} was a model's folder a moment ago and is none any more")
        card = ModelCard(id=found.name, name=found.name, backend="transformers", slots=config.slots)
        source = FolderModel(
            found.path,
            config.kv_tokens,
            device=config.device,
            dtype=config.dtype,
            trust_remote_code=found.name in config.trust_remote_code,
            threads=config.threads,
            offload_folder=config.models_dir / "offloaded" / found.name,
        )
        yield TransformersBackend(card, source)
