"""Model specs, as an owner writes them, into backends.

`builtin`, the name of one of the built-in models, `scripted` (all scenarios),
`scripted/<scenario>`, the path of a `.gguf` file, or a folder as Hugging Face lays it out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from inference.backends.base import Backend
from inference.backends.llama_cpp import LlamaCppBackend
from inference.backends.llama_size import SizeSettings
from inference.backends.model_file import CatalogFile, OwnedFile
from inference.backends.model_folder import find_folder
from inference.backends.scenarios import SCENARIOS
from inference.backends.scripted import ScriptedBackend
from inference.backends.transformers import FolderModel, TransformersBackend
from inference.catalog import builtin
from inference.config import EngineConfig
from inference.types import ModelCard, ModelNote

Factory = Callable[[str, EngineConfig], Iterator[Backend]]


class ModelSpecError(ValueError):
    """The owner asked for a model by words nothing here understands."""


def check_spec(spec: str) -> None:
    """Raises `ModelSpecError` with one sentence that says what would be understood."""
    _factory(spec)


def open_backends(config: EngineConfig) -> list[Backend]:
    """All models of the configuration in its order, none of them loaded.

    Raises `ModelSpecError`.
    """
    return [backend for spec in config.models for backend in _factory(spec)(spec, config)]


def _factory(spec: str) -> Factory:
    kind, _, scenario = spec.partition("/")
    if builtin.find(spec, None):
        return _builtin
    if spec == "scripted" or (kind == "scripted" and scenario in SCENARIOS):
        return _scripted
    if spec.lower().endswith(".gguf"):
        return _gguf_file
    if find_folder(spec):
        return _folder
    raise ModelSpecError(
        f"unknown model {spec!r}: use builtin, {', '.join(builtin.ENTRIES)}, scripted, "
        f"{', '.join(f'scripted/{name}' for name in SCENARIOS)}, "
        "the path of a .gguf file, or a folder with a config.json"
    )


def _builtin(spec: str, config: EngineConfig) -> Iterator[Backend]:
    entry = builtin.find(spec, config.free_memory)
    assert entry is not None  # noqa: S101 - `_factory` found it
    is_smaller = spec == builtin.BUILTIN and builtin.is_short(config.free_memory)
    card = ModelCard(
        id=entry.id,
        name=entry.name,
        backend="llama_cpp",
        slots=config.slots,
        builtin=True,
        notes=(ModelNote.LITTLE_MEMORY,) if is_smaller else (),
        languages=entry.languages,
    )
    file = CatalogFile(entry, config.models_dir, config.endpoints)
    yield LlamaCppBackend(card, file, _size(config), entry.options)


def _gguf_file(spec: str, config: EngineConfig) -> Iterator[Backend]:
    path = Path(spec).expanduser()
    card = ModelCard(id=path.stem, name=path.stem, backend="llama_cpp", slots=config.slots)
    yield LlamaCppBackend(card, OwnedFile(path), _size(config))


def _folder(spec: str, config: EngineConfig) -> Iterator[Backend]:
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


def _scripted(spec: str, config: EngineConfig) -> Iterator[Backend]:
    _, _, only = spec.partition("/")
    for name, scenario in SCENARIOS.items():
        if only in ("", name):
            yield ScriptedBackend(scenario, config.slots)


def _size(config: EngineConfig) -> SizeSettings:
    return SizeSettings(
        config.slots, config.kv_tokens, config.threads, prompt_cache_mib=config.prompt_cache_mb
    )
