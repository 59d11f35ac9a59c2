"""Model specs, as an owner writes them, into backends.

`builtin`, `scripted` (all scenarios), `scripted/<scenario>`, the path of a `.gguf` file, or a
folder as Hugging Face lays it out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from inference.backends.base import Backend
from inference.backends.llama_cpp import LlamaCppBackend
from inference.backends.llama_server import ServerSize
from inference.backends.model_file import BuiltinFile, OwnedFile
from inference.backends.model_folder import find_folder
from inference.backends.scenarios import SCENARIOS
from inference.backends.scripted import ScriptedBackend
from inference.backends.transformers import FolderModel, TransformersBackend
from inference.config import EngineConfig
from inference.types import ModelCard, SamplingOptions

Factory = Callable[[str, EngineConfig], Iterator[Backend]]

BUILTIN_ID = "smollm2-135m-instruct"

_LLAMA_KV_TOKENS = 16384
"""llama.cpp takes the memory at once; a chat alone may use all of it."""


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
    if spec == "builtin":
        return _builtin
    if spec == "scripted" or (kind == "scripted" and scenario in SCENARIOS):
        return _scripted
    if spec.lower().endswith(".gguf"):
        return _gguf_file
    if find_folder(spec):
        return _folder
    raise ModelSpecError(
        f"unknown model {spec!r}: use builtin, scripted, "
        f"{', '.join(f'scripted/{name}' for name in SCENARIOS)}, "
        "the path of a .gguf file, or a folder with a config.json"
    )


def _builtin(spec: str, config: EngineConfig) -> Iterator[Backend]:
    card = ModelCard(
        id=BUILTIN_ID,
        name="SmolLM2 135M",
        backend="llama_cpp",
        slots=config.slots,
        builtin=True,
        languages=("en",),
    )
    # So small a model falls into repeating itself without end, which its makers do not mention.
    recommended = SamplingOptions(
        temperature=0.2, top_p=0.9, repetition_penalty=1.15, frequency_penalty=0.2
    )
    yield LlamaCppBackend(card, BuiltinFile(config.models_dir), _size(config), recommended)


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


def _size(config: EngineConfig) -> ServerSize:
    return ServerSize(config.slots, config.kv_tokens or _LLAMA_KV_TOKENS, config.threads)
