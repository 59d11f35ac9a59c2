"""A folder as Hugging Face lays it out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from inference.backends.base import Backend
from inference.config import EngineConfig
from inference.remote.account import Account
from inference.specs.model_folder import find_folder
from inference.specs.reader import ModelSpecError
from inference.specs.unsuitable_path import refuse_unsuitable
from inference.transformers_engine.backend import FolderModel, TransformersBackend
from inference.transformers_engine.loading.folder_files import CONFIG, read_json
from inference.transformers_engine.loading.folder_memory import folder_memory, folder_weights
from inference.transformers_engine.loading.folder_style import folder_style
from inference.transformers_engine.loading.quantisation import precision_name
from inference.typed_path import typed_path
from inference.types import ModelCard


class FolderReader:
    """Itself, or an entry of Hugging Face's cache."""

    example = "a folder with a config.json"

    def reads(self, spec: str) -> bool:
        return bool(spec) and (find_folder(spec) is not None or typed_path(spec).is_dir())

    def open(self, spec: str, config: EngineConfig, account: Account | None) -> Iterator[Backend]:
        refuse_unsuitable(spec)
        found = find_folder(spec)
        if found is None:
            raise ModelSpecError(f"{spec!r} was a model's folder a moment ago and is none any more")
        yield folder_backend(found.path, found.name, config)


def folder_backend(path: Path, name: str, config: EngineConfig) -> Backend:
    """The model in a folder that lies here, called `name`. Blocking: reads its config.json."""
    card = ModelCard(
        id=name,
        name=name,
        backend="transformers",
        slots=config.slots,
        size=folder_weights(path) or None,
        memory=folder_memory(path, config),
        quantisation=precision_name(path, read_json(path / CONFIG)),
        is_base=folder_style(path).is_base,
    )
    source = FolderModel(
        path,
        config.kv_tokens,
        device=config.device,
        dtype=config.dtype,
        trust_remote_code=name in config.trust_remote_code,
        trusted_code=config.trusted_code,
        threads=config.threads,
        offload_folder=config.models_dir / "offloaded" / name,
    )
    return TransformersBackend(card, source)
