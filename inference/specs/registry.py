"""Model specs, as an owner writes them, into backends: the kinds there are."""

from __future__ import annotations

from inference.backends.base import Backend
from inference.config import EngineConfig
from inference.remote.account import Account
from inference.specs.builtin import BuiltinReader
from inference.specs.folder import FolderReader
from inference.specs.gguf_file import GgufFileReader
from inference.specs.hub import HubFileReader, HubReader
from inference.specs.offered import OfferedReader
from inference.specs.reader import ModelSpecError, SpecReader
from inference.specs.scripted import ScriptedReader
from inference.specs.unsuitable_path import refuse_unsuitable

READERS: tuple[SpecReader, ...] = (
    BuiltinReader(),
    ScriptedReader(),
    OfferedReader(),
    HubFileReader(),
    GgufFileReader(),
    FolderReader(),
    HubReader(),
)
"""The first that reads a spec opens it."""


def check_spec(spec: str) -> None:
    """Raises `ModelSpecError` with one sentence that says what would be understood, or what it is
    that a path leads to.
    """
    if isinstance(_reader(spec), GgufFileReader | FolderReader):
        refuse_unsuitable(spec)


def open_spec(spec: str, config: EngineConfig, account: Account | None = None) -> list[Backend]:
    """The models of one spec, none of them loaded. Raises `ModelSpecError`."""
    return list(_reader(spec).open(spec, config, account))


def open_backends(config: EngineConfig) -> list[Backend]:
    """All models of the configuration in its order, none of them loaded.

    Raises `ModelSpecError`.
    """
    return [backend for spec in config.models for backend in open_spec(spec, config)]


def find_reader(spec: str) -> SpecReader | None:
    """Whose kind the spec is; None for nobody's."""
    return next((reader for reader in READERS if reader.reads(spec)), None)


def _reader(spec: str) -> SpecReader:
    found = find_reader(spec)
    if found is None:
        *most, last = (reader.example for reader in READERS)
        raise ModelSpecError(f"unknown model {spec!r}: use {', '.join(most)}, or {last}")
    return found
