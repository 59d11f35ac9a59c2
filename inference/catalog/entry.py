"""A model that can be downloaded: its properties, and the sources of its file."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from inference.catalog.digest import Digest
from inference.catalog.shape import ModelShape
from inference.catalog.sources import HubFile, WheelParts
from inference.types import SamplingOptions


class Downloadable(Protocol):
    """One file, known by its digest wherever it comes from; without one by its length alone.
    `size` is in bytes, `file_name` without folders.
    """

    @property
    def file_name(self) -> str: ...

    @property
    def size(self) -> int: ...

    @property
    def digest(self) -> Digest | None: ...

    @property
    def sources(self) -> tuple[HubFile | WheelParts, ...]: ...


@dataclass(frozen=True, slots=True)
class FileEntry:
    """A file that is nothing but that: one of those that a model consists of."""

    file_name: str
    size: int
    digest: Digest | None
    sources: tuple[HubFile | WheelParts, ...]


@dataclass(frozen=True, slots=True)
class CatalogEntry:
    """One GGUF file, known by its hash wherever it comes from. `size` is in bytes.

    `languages` are primary BCP 47 tags. `options` are what is used where a request has none.
    `shape` and `context_tokens` are the model's, from which its memory is estimated.
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
    shape: ModelShape | None = None
    context_tokens: int | None = None
    quantisation: str = ""

    @property
    def digest(self) -> Digest:
        return Digest("sha256", self.sha256)
