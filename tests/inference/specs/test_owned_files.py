"""Only what MyLLM has downloaded is deleted."""

from __future__ import annotations

from pathlib import Path

import pytest

from inference.catalog import builtin
from inference.config import EngineConfig
from inference.specs.owned_files import delete_files


def files(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.rglob("*") if file.is_file())


def test_a_built_in_models_file_goes(tmp_path: Path) -> None:
    for ending in ("", ".part"):
        (tmp_path / f"{builtin.SMOLLM2.file_name}{ending}").write_bytes(b"x")
    config = EngineConfig((), tmp_path)
    assert delete_files("smollm2", config, partial_only=True)
    assert files(tmp_path) == [builtin.SMOLLM2.file_name]
    assert delete_files("smollm2", config)
    assert files(tmp_path) == []


def test_an_offered_models_folder_goes(tmp_path: Path) -> None:
    folder = tmp_path / "qwen3-0.6b"
    folder.mkdir()
    for name in ("Qwen3-0.6B-Q8_0.gguf.part", "Qwen3-0.6B-Q8_0.gguf.lock"):
        (folder / name).write_bytes(b"x")
    assert delete_files("qwen3-0.6b", EngineConfig((), tmp_path))
    assert [*tmp_path.iterdir()] == []


@pytest.mark.parametrize("kind", ["file", "folder"])
def test_an_owners_own_model_is_left_alone(tmp_path: Path, kind: str) -> None:
    file = tmp_path / "own.gguf"
    file.write_bytes(b"x")
    (tmp_path / "config.json").write_text("{}")
    spec = str(file if kind == "file" else tmp_path)
    assert not delete_files(spec, EngineConfig((), tmp_path / "models"))
    assert files(tmp_path) == ["config.json", "own.gguf"]


def test_other_specs_have_no_files(tmp_path: Path) -> None:
    assert not delete_files("scripted/plain", EngineConfig((), tmp_path))
