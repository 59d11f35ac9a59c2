"""The download that a model spec means."""

from __future__ import annotations

from inference.catalog.model_download import ModelDownload
from inference.config import EngineConfig
from inference.specs.hub import HubReader
from inference.specs.offered import OfferedReader
from inference.specs.registry import find_reader


def download_of(spec: str, config: EngineConfig) -> ModelDownload | None:
    """Of an offered model's id or a hub's name. None for other specs, whatever they look like: a
    provider's model may be written as a repository is.
    """
    reader = find_reader(spec)
    return reader.download(spec, config) if isinstance(reader, OfferedReader | HubReader) else None
