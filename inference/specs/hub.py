"""`owner/name`, a repository at ModelScope and Hugging Face, or `owner/name/file.gguf`."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from inference.backends.base import Backend
from inference.backends.downloaded import DownloadedBackend
from inference.catalog.found.named_path import unsuitable_path
from inference.catalog.hub_id import HubId, parse_hub_id
from inference.catalog.model_download import ModelDownload
from inference.catalog.wanted import wanted_by_id
from inference.config import EngineConfig
from inference.remote.account import Account
from inference.specs.folder import folder_backend
from inference.specs.gguf_file import gguf_backend
from inference.specs.reader import ModelSpecError
from inference.types import ModelCard

logger = logging.getLogger(__name__)

_RESERVED = frozenset({"scripted", "builtin", "ollama"})
"""First words of other specs, which a typing error does not make a hub's."""


class HubReader:
    """A repository. A path that is there is none, nor is a provider's model: what those are is
    asked before.
    """

    example = "owner/name as at ModelScope and Hugging Face"

    def reads(self, spec: str) -> bool:
        named = hub_id_of(spec)
        return named is not None and not named.file

    def open(self, spec: str, config: EngineConfig, account: Account | None) -> Iterator[Backend]:
        named = _named(spec)
        hubs = " and ".join(named.hubs)
        logger.info("model %r is no file or folder here; it is taken for one at %s", spec, hubs)
        card = ModelCard(id=str(named), name=named.name, backend="hub", slots=config.slots)
        yield DownloadedBackend(
            card, self.download(spec, config), partial(_open, config, named.name)
        )

    def download(self, spec: str, config: EngineConfig) -> ModelDownload:
        """Of its files; a folder's own Python only where the owner has allowed it to run. Raises
        `ModelSpecError`.
        """
        named = _named(spec)
        wanted = wanted_by_id(named, with_code=named.name in config.trust_remote_code)
        return ModelDownload(wanted, config.models_dir, config.endpoints)


class HubFileReader(HubReader):
    """One file of a repository; asked before what reads any path of a `.gguf` file."""

    example = "owner/name/file.gguf"

    def reads(self, spec: str) -> bool:
        named = hub_id_of(spec)
        return named is not None and bool(named.file)


def hub_id_of(spec: str) -> HubId | None:
    """The repository, or one file of it, that the spec names. None for other specs, and for a path
    that is there.
    """
    named = parse_hub_id(spec.strip())
    if named is None or named.repository.partition("/")[0] in _RESERVED:
        return None
    return None if Path(spec.strip()).exists() else named


def _named(spec: str) -> HubId:
    named = hub_id_of(spec)
    if named is None:
        raise ModelSpecError(f"{spec!r} names no repository at a hub")
    return named


def _open(config: EngineConfig, name: str, path: Path) -> Backend:
    if (found := unsuitable_path(path, name)) is not None:
        raise found.error(name)
    is_file = path.suffix.lower() == ".gguf"
    return gguf_backend(path, config) if is_file else folder_backend(path, name, config)
