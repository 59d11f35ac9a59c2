"""Offered models and hubs' repositories as model specs."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from inference.backends.base import Backend
from inference.backends.downloaded import DownloadedBackend
from inference.config import EngineConfig
from inference.llama_cpp_engine.backend import LlamaCppBackend
from inference.specs.downloads import download_of
from inference.specs.reader import ModelSpecError
from inference.specs.registry import check_spec, open_backends
from inference.types import Ability, Download, ModelState


def opened(tmp_path: Path, spec: str) -> Backend:
    (backend,) = open_backends(EngineConfig((spec,), tmp_path / "models"))
    return backend


def test_an_offered_id_is_a_model_to_be_downloaded(tmp_path: Path) -> None:
    backend = opened(tmp_path, "qwen3-4b")
    assert isinstance(backend, LlamaCppBackend)
    card = backend.card
    assert (card.id, card.name, card.state) == ("qwen3-4b", "Qwen3 4B", ModelState.ABSENT)
    assert card.download == Download(0, 2_497_280_256)
    assert (card.languages, card.licence) == (("zh", "en"), "Apache-2.0")
    assert card.abilities == (Ability.REASONING, Ability.TOOLS)
    assert card.memory is not None
    assert card.memory > card.download.total


def test_one_for_documents_is_refused_with_the_reason(tmp_path: Path) -> None:
    with pytest.raises(ModelSpecError, match="documents"):
        opened(tmp_path, "bge-m3")


@pytest.mark.parametrize(
    ("spec", "model", "name"),
    [
        ("Qwen/Qwen2.5-0.5B-Instruct", "Qwen/Qwen2.5-0.5B-Instruct", "Qwen2.5-0.5B-Instruct"),
        ("hf:a/b", "hf:a/b", "b"),
        ("modelscope:a/b/c.gguf", "modelscope:a/b/c.gguf", "c"),
    ],
)
def test_a_hubs_name_is_a_model_to_be_downloaded(
    tmp_path: Path, spec: str, model: str, name: str
) -> None:
    backend = opened(tmp_path, spec)
    assert isinstance(backend, DownloadedBackend)
    assert (backend.card.id, backend.card.name) == (model, name)
    assert backend.card.download == Download(0, 0)


def test_a_path_that_is_there_is_no_hubs_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "own" / "model").mkdir(parents=True)
    (tmp_path / "own" / "model" / "config.json").write_text("{}")
    (tmp_path / "own" / "model" / "c.gguf").write_bytes(b"GGUF")
    monkeypatch.chdir(tmp_path)
    assert not isinstance(opened(tmp_path, "own/model"), DownloadedBackend)
    assert isinstance(opened(tmp_path, "own/model/c.gguf"), LlamaCppBackend)


def test_which_reading_was_taken_is_logged(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        opened(tmp_path, "Qwen/Qwen3-4B")
    assert "taken for one at ModelScope and Hugging Face" in caplog.text


@pytest.mark.parametrize("spec", ["scripted/nothing", "builtin/x", "a/b/c"])
def test_other_words_are_refused(spec: str) -> None:
    with pytest.raises(ModelSpecError, match="owner/name"):
        check_spec(spec)


def test_what_was_downloaded_before_is_there_at_the_next_start(tmp_path: Path) -> None:
    folder = tmp_path / "models" / "qwen2.5-0.5b"
    folder.mkdir(parents=True)
    with (folder / "qwen2.5-0.5b-instruct-q4_k_m.gguf").open("wb") as file:
        file.truncate(491_400_032)
    card = opened(tmp_path, "qwen2.5-0.5b").card
    assert (card.state, card.download) == (ModelState.UNLOADED, None)


def test_only_what_a_hub_or_the_offer_has_is_downloaded(tmp_path: Path) -> None:
    config = EngineConfig((), tmp_path)
    for spec in ("qwen3-4b", "owner/name", "hf:owner/name/file.gguf"):
        assert download_of(spec, config) is not None
    for spec in ("smollm2", "scripted/plain", str(tmp_path), "nothing"):
        assert download_of(spec, config) is None
