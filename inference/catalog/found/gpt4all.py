"""GPT4All's models: one folder of GGUF files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from inference.catalog.found.candidate import Candidate, Origin
from inference.catalog.found.folders import files_in
from inference.catalog.found.gguf_files import gguf_candidates
from inference.catalog.found.surroundings import Surroundings

_FOLDER = Path("nomic.ai") / "GPT4All"


def model_folders(around: Surroundings) -> list[Path]:
    """As Qt places an application's data on each system."""
    match around.platform:
        case "win32":
            data = around.named("LOCALAPPDATA") or [around.home / "AppData" / "Local"]
        case "darwin":
            data = [around.home / "Library" / "Application Support"]
        case _:
            data = around.named("XDG_DATA_HOME") or [around.home / ".local" / "share"]
    return [place / _FOLDER for place in data]


def models_in(folder: Path) -> Iterator[Candidate]:
    return gguf_candidates(files_in(folder), Origin.GPT4ALL)
