"""Model specs, as an owner writes them, into backends: the kinds there are."""

from __future__ import annotations

import logging
from collections.abc import Collection

from inference.backends.base import Backend
from inference.config import EngineConfig
from inference.remote.account import Account
from inference.specs.builtin import BuiltinReader
from inference.specs.folder import FolderReader
from inference.specs.gguf_file import GgufFileReader
from inference.specs.hub import HubFileReader, HubReader
from inference.specs.model_ids import ModelIds
from inference.specs.offered import OfferedReader
from inference.specs.ollama import OllamaReader
from inference.specs.provider import ProviderReader
from inference.specs.reader import SpecReader, UnknownSpecError
from inference.specs.scripted import ScriptedReader
from inference.specs.server_address import ServerAddressReader
from inference.specs.unsuitable_path import refuse_other_path, refuse_unsuitable

logger = logging.getLogger(__name__)

READERS: tuple[SpecReader, ...] = (
    BuiltinReader(),
    ScriptedReader(),
    OfferedReader(),
    ServerAddressReader(),
    OllamaReader(),
    HubFileReader(),
    GgufFileReader(),
    FolderReader(),
    ProviderReader(),
    HubReader(),
)
"""The first that reads a spec opens it."""


def check_spec(spec: str) -> None:
    """Raises `ModelSpecError` with one sentence that names the accepted forms, or what it is that a
    path leads to.
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
    reader = _reader(spec)
    _tell_other_readings(spec, reader)
    opened = reader.open(spec, config, account)
    found = (ids.identified(spec, backend) for backend in opened)
    return [backend for backend in found if backend is not None]


def find_reader(spec: str) -> SpecReader | None:
    """The reader of the spec's kind; None where no reader accepts it."""
    return next((reader for reader in READERS if reader.reads(spec)), None)


def _reader(spec: str) -> SpecReader:
    found = find_reader(spec)
    if found is None:
        refuse_other_path(spec)
        *most, last = (reader.example for reader in READERS)
        raise UnknownSpecError(f"unknown model {spec!r}: use {', '.join(most)}, or {last}")
    return found


def _tell_other_readings(spec: str, taken: SpecReader) -> None:
    others = [one.example for one in READERS if one is not taken and one.reads(spec)]
    if others:
        logger.info("%s is read as %s, not as %s", spec, taken.example, " or ".join(others))
