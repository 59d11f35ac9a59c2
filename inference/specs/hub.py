"""`owner/name`, a repository at ModelScope and Hugging Face, or `owner/name/file.gguf`."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from inference.backends.base import Backend
from inference.backends.downloaded import DownloadedBackend
from inference.backends.hub_spec import download_of, hub_id_of
from inference.catalog.found.named_path import unsuitable_path
from inference.config import EngineConfig
from inference.errors import InferenceError, InferenceErrorCode
from inference.remote.account import Account
from inference.specs.folder import folder_backend
from inference.specs.gguf_file import gguf_backend
from inference.specs.reader import ModelSpecError
from inference.types import ModelCard

logger = logging.getLogger(__name__)


class HubReader:
    """A path that is there is none of these, whatever it looks like."""

    example = "owner/name as at ModelScope and Hugging Face"

    def reads(self, spec: str) -> bool:
        return hub_id_of(spec) is not None

    def open(self, spec: str, config: EngineConfig, account: Account | None) -> Iterator[Backend]:
        named, download = hub_id_of(spec), download_of(spec, config)
        if named is None or download is None:
            raise ModelSpecError(f"{spec!r} names no repository at a hub")
        hubs = " and ".join(named.hubs)
        logger.info("model %r is no file or folder here; it is taken for one at %s", spec, hubs)
        card = ModelCard(id=str(named), name=named.name, backend="hub", slots=config.slots)
        yield DownloadedBackend(card, download, partial(_open, config, named.name))


def _open(config: EngineConfig, name: str, path: Path) -> Backend:
    if (found := unsuitable_path(path, name)) is not None:
        reason = found.reason.value
        raise InferenceError(
            InferenceErrorCode.MODEL_UNSUITABLE,
            f"{path}: {found.sentence}",
            detail={"model": name, "reason": reason},
        )
    is_file = path.suffix.lower() == ".gguf"
    return gguf_backend(path, config) if is_file else folder_backend(path, name, config)
