"""Model specs, as an owner writes them, into backends: the kinds there are."""

from __future__ import annotations

from collections.abc import Collection

from inference.backends.base import Backend
from inference.config import EngineConfig
from inference.remote.account import Account
from inference.specs.builtin import BuiltinReader
from inference.specs.folder import FolderReader
from inference.specs.gguf_file import GgufFileReader
from inference.specs.model_ids import ModelIds
from inference.specs.ollama import OllamaReader
from inference.specs.reader import ModelSpecError, SpecReader
from inference.specs.scripted import ScriptedReader
from inference.specs.unsuitable_path import refuse_unsuitable

READERS: tuple[SpecReader, ...] = (
    BuiltinReader(),
    ScriptedReader(),
    OllamaReader(),
    GgufFileReader(),
    FolderReader(),
)
"""The first that reads a spec opens it."""


def check_spec(spec: str) -> None:
    """Raises `ModelSpecError` with one sentence that says what would be understood, or what it is
    that a path leads to.
    """
    if isinstance(_reader(spec), GgufFileReader | FolderReader):
        refuse_unsuitable(spec)


def open_spec(
    spec: str, config: EngineConfig, account: Account | None = None, taken: Collection[str] = ()
) -> list[Backend]:
    """The models of one spec, none of them loaded; none gets an id that is `taken`.

    Raises `ModelSpecError`.
    """
    return _opened(spec, config, account, ModelIds(taken))


def open_backends(config: EngineConfig) -> list[Backend]:
    """All models of the configuration in its order, none of them loaded. Each has an id of its
    own, and what is written twice is there once.

    Raises `ModelSpecError`.
    """
    ids = ModelIds()
    return [backend for spec in config.models for backend in _opened(spec, config, None, ids)]


def _opened(
    spec: str, config: EngineConfig, account: Account | None, ids: ModelIds
) -> list[Backend]:
    opened = _reader(spec).open(spec, config, account)
    found = (ids.identified(spec, backend) for backend in opened)
    return [backend for backend in found if backend is not None]


def _reader(spec: str) -> SpecReader:
    found = next((reader for reader in READERS if reader.reads(spec)), None)
    if found is None:
        *most, last = (reader.example for reader in READERS)
        raise ModelSpecError(f"unknown model {spec!r}: use {', '.join(most)}, or {last}")
    return found
