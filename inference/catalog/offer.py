"""The models that are offered to download: `offer.toml`, read once."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import msgspec

from inference.catalog import builtin
from inference.catalog.digest import Digest
from inference.catalog.entry import FileEntry
from inference.catalog.shape import ModelShape
from inference.catalog.sources import HubFile
from inference.types import Ability, SamplingOptions

Unusable = Literal["vision", "embeddings"]


@dataclass(frozen=True, slots=True)
class OfferedFile:
    """`size` in bytes; without a hash it is read from the hub before the download begins."""

    file: str
    size: int
    sha256: str = ""
    size_is_estimate: bool = False


@dataclass(frozen=True, slots=True)
class OfferEntry:
    """One model. The first of its `files` is the one that is loaded, or `builtin` names the
    built-in model that it is. `rank` orders what is recommended, 0 for never; `unusable` names
    what the model is for and cannot be used for yet.
    """

    id: str
    name: str
    quantisation: str
    parameters: int
    context_tokens: int
    shape: tuple[int, int, int, int, int]
    licence: str
    languages: tuple[str, ...]
    modelscope: str = ""
    hugging_face: str = ""
    builtin: str = ""
    files: tuple[OfferedFile, ...] = ()
    abilities: tuple[Ability, ...] = ()
    is_base: bool = False
    unusable: Unusable | None = None
    rank: int = 0
    options: SamplingOptions = field(default_factory=SamplingOptions)

    @property
    def spec(self) -> str:
        """The model spec by which it is added."""
        return self.builtin or self.id

    @property
    def size(self) -> int:
        """Bytes of all files."""
        if self.builtin:
            return builtin.ENTRIES[self.builtin].size
        return sum(file.size for file in self.files)

    @property
    def weights(self) -> int:
        """Bytes of what is loaded for a chat: a projector for pictures is not."""
        return self.files[0].size if self.files else self.size

    @property
    def model_shape(self) -> ModelShape:
        """Its numbers by name."""
        return ModelShape.uniform(*self.shape)

    @property
    def is_known(self) -> bool:
        """Whether every file's exact length and hash are written here."""
        return all(file.sha256 and not file.size_is_estimate for file in self.files)

    def entries(self) -> tuple[FileEntry, ...]:
        """Its files as they are downloaded, where they are known."""
        return tuple(self._entry(file) for file in self.files)

    def _entry(self, file: OfferedFile) -> FileEntry:
        digest = Digest("sha256", file.sha256) if file.sha256 else None
        return FileEntry(file.file, file.size, digest, tuple(self._places(file.file)))

    def _places(self, file: str) -> Iterator[HubFile]:
        if self.modelscope:
            yield HubFile("ModelScope", self.modelscope, file)
        if self.hugging_face:
            yield HubFile("Hugging Face", self.hugging_face, file)


@functools.cache
def offer() -> tuple[OfferEntry, ...]:
    """In the order in which they are shown."""
    text = Path(__file__).with_name("offer.toml").read_text(encoding="utf-8")
    tables: list[dict[str, Any]] = tomllib.loads(text)["entry"]
    return msgspec.convert(tables, tuple[OfferEntry, ...])


def find_offered(name: str) -> OfferEntry | None:
    """The entry of that id; None for another word."""
    return next((entry for entry in offer() if entry.id == name), None)
