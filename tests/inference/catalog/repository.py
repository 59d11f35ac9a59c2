"""A model in a repository at two hubs on loopback, and its download."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from inference.catalog.hub_id import HubId, parse_hub_id
from inference.catalog.model_download import ModelDownload
from inference.catalog.sources import Endpoints
from inference.catalog.wanted import wanted_by_id
from inference.types import Download
from tests.inference.catalog.hub import Hub, hub

WEIGHTS = os.urandom(300_000) + bytes(100_000)
GGUF = {"README.md": b"hello", "m-Q4_K_M.gguf": WEIGHTS, "m-F16.gguf": WEIGHTS * 2}
FOLDER = {
    "README.md": b"hello",
    "config.json": b'{"model_type": "qwen3"}',
    "tokenizer.json": b"{}",
    "modeling_own.py": b"print('run me')",
    "pytorch_model.bin": WEIGHTS,
    "model.safetensors": WEIGHTS,
}


@dataclass
class Hubs:
    """Both of them, and the progress of downloads from them."""

    modelscope: Hub
    hugging_face: Hub
    folder: Path
    received: list[Download] = field(default_factory=list)

    @property
    def endpoints(self) -> Endpoints:
        return Endpoints(self.modelscope.url, self.hugging_face.url, ())

    def add(self, files: dict[str, bytes], repository: str = "a/b") -> None:
        self.modelscope.add_modelscope(repository, files)
        self.hugging_face.add_hugging_face(repository, files)

    def download(self, name: str = "a/b", *, with_code: bool = False) -> ModelDownload:
        wanted = wanted_by_id(named(name), with_code=with_code)
        return ModelDownload(wanted, self.folder, self.endpoints)

    def fetch(self, name: str = "a/b", *, with_code: bool = False) -> ModelDownload:
        """Downloaded to its end."""
        made = self.download(name, with_code=with_code)
        made.download(self.received.append, lambda: False)
        return made

    @property
    def here(self) -> dict[str, bytes]:
        """The files of the model that lie here, without what belongs to downloading."""
        own = (".lock", ".part", ".download.json")
        below = [file for file in self.folder.rglob("*") if file.is_file()]
        return {file.name: file.read_bytes() for file in below if not file.name.endswith(own)}


def named(name: str) -> HubId:
    found = parse_hub_id(name)
    assert found is not None
    return found


@contextmanager
def hubs(folder: Path) -> Iterator[Hubs]:
    with hub() as modelscope, hub() as hugging_face:
        yield Hubs(modelscope, hugging_face, folder)
