"""What an owner may write for a model."""

from __future__ import annotations

from pathlib import Path

import pytest

from inference.backends.scenarios import SCENARIOS
from inference.backends.scripted import ScriptedBackend
from inference.config import EngineConfig
from inference.specs.model_folder import ModelFolder, find_folder
from inference.specs.model_ids import ModelIds
from inference.specs.reader import ModelSpecError
from inference.specs.registry import check_spec, open_backends, open_spec
from inference.transformers_engine.backend import TransformersBackend
from inference.types import ModelNote


def _ids(*specs: str) -> list[str]:
    return [b.card.id for b in open_backends(EngineConfig(specs, Path("models")))]


def test_models_come_in_the_order_written() -> None:
    assert _ids("scripted/slow", "builtin") == ["scripted/slow", "qwen2.5-coder-0.5b-instruct"]


def test_scripted_alone_means_all_scenarios() -> None:
    assert _ids("scripted") == [f"scripted/{name}" for name in SCENARIOS]


def test_a_gguf_file_is_named_after_itself() -> None:
    assert _ids("/models/Qwen3-4B.GGUF") == ["Qwen3-4B"]


def test_only_the_builtin_model_is_marked_so() -> None:
    backends = open_backends(EngineConfig(("builtin", "a.gguf"), Path("models")))
    assert [b.card.builtin for b in backends] == [True, False]


@pytest.mark.parametrize(
    ("free", "model", "notes"),
    [
        (8 << 30, "qwen2.5-coder-0.5b-instruct", ()),
        (1 << 30, "smollm2-135m-instruct", (ModelNote.LITTLE_MEMORY,)),
    ],
)
def test_where_little_memory_is_free_the_smaller_one_is_taken_and_logged(
    free: int, model: str, notes: tuple[ModelNote, ...]
) -> None:
    (backend,) = open_backends(EngineConfig(("builtin",), Path("models"), free_memory=free))
    assert (backend.card.id, backend.card.notes) == (model, notes)


def test_naming_the_smaller_one_logs_nothing() -> None:
    (backend,) = open_backends(EngineConfig(("smollm2",), Path("models"), free_memory=1))
    assert (backend.card.id, backend.card.notes) == ("smollm2-135m-instruct", ())


def test_the_languages_of_the_builtin_model_are_known_and_of_others_are_not() -> None:
    backends = open_backends(EngineConfig(("builtin", "a.gguf"), Path("models")))
    assert [b.card.languages for b in backends] == [("zh", "en"), ()]


@pytest.mark.parametrize("spec", ["", "nonsense", "scripted/", "scripted/nonsense", "builtin/x"])
def test_other_words_are_refused_with_what_would_do(spec: str) -> None:
    with pytest.raises(ModelSpecError, match=r"use builtin, qwen2\.5-coder-0\.5b, smollm2"):
        check_spec(spec)


@pytest.mark.parametrize("spec", ["{}/Qwen3-4B", "{}/Qwen3-4B/", "{}/./Qwen3-4B", "~/Qwen3-4B"])
def test_a_folder_may_be_written_in_many_ways(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, spec: str
) -> None:
    _model(tmp_path / "Qwen3-4B")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    assert _ids(spec.format(tmp_path)) == ["Qwen3-4B"]
    assert _ids("Qwen3-4B") == _ids("./Qwen3-4B/") == ["Qwen3-4B"]


def test_an_entry_of_the_hugging_face_cache_is_found(tmp_path: Path) -> None:
    entry = tmp_path / "models--Qwen--Qwen2.5-0.5B"
    for revision in ("aaa", "bbb"):
        _model(entry / "snapshots" / revision)
    (entry / "refs").mkdir()
    (entry / "refs" / "main").write_text("aaa\n")
    found = find_folder(str(entry))
    assert found == ModelFolder(entry.resolve() / "snapshots" / "aaa", "Qwen2.5-0.5B")
    assert _ids(str(entry / "snapshots" / "bbb")) == ["Qwen2.5-0.5B"]


def test_a_name_that_modelscope_wrote_is_read(tmp_path: Path) -> None:
    _model(tmp_path / "Qwen2___5-0___5B-Instruct")
    assert _ids(str(tmp_path / "Qwen2___5-0___5B-Instruct")) == ["Qwen2.5-0.5B-Instruct"]


def test_only_a_model_that_is_listed_may_run_its_own_code(tmp_path: Path) -> None:
    for name in ("trusted", "other"):
        _model(tmp_path / name)
    specs = (str(tmp_path / "trusted"), str(tmp_path / "other"))
    config = EngineConfig(specs, Path("models"), trust_remote_code=("trusted",))
    sources = [b._source for b in open_backends(config) if isinstance(b, TransformersBackend)]
    assert [source.trust_remote_code for source in sources] == [True, False]


def test_the_owners_choices_reach_the_folder(tmp_path: Path) -> None:
    _model(tmp_path / "m")
    chosen = EngineConfig(
        (str(tmp_path / "m"),), Path("models"), threads=3, device="cpu", dtype="float32"
    )
    (backend,) = open_backends(chosen)
    assert isinstance(backend, TransformersBackend)
    source = backend._source
    assert (source.threads, source.device, source.dtype) == (3, "cpu", "float32")


def _model(folder: Path) -> None:
    folder.mkdir(parents=True)
    (folder / "config.json").write_text("{}")


def test_two_files_of_one_name_are_two_entries_distinguished_by_their_folders() -> None:
    specs = ("/a/models/x.gguf", "/b/models/x.gguf", "/b/other/x.gguf")
    cards = [backend.card for backend in open_backends(EngineConfig(specs, Path("models")))]
    assert [card.id for card in cards] == ["x", "x@models", "x@other"]
    assert [card.name for card in cards] == ["x", "x (models)", "x (other)"]


def test_folders_of_one_name_too_are_distinguished_by_those_above_them() -> None:
    specs = ("/a/models/x.gguf", "/b/models/x.gguf", "/c/models/x.gguf")
    assert _ids(*specs) == ["x", "x@models", "x@c/models"]


def test_what_is_written_twice_is_there_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert _ids("a.gguf", "./a.gguf", str(tmp_path / "a.gguf")) == ["a"]
    assert _ids("builtin", "qwen2.5-coder-0.5b") == ["qwen2.5-coder-0.5b-instruct"]
    assert _ids("scripted/plain", "scripted") == [
        "scripted/plain",
        *(f"scripted/{name}" for name in SCENARIOS if name != "plain"),
    ]


def test_a_model_opened_later_leaves_the_ids_that_are_taken() -> None:
    config = EngineConfig(("scripted",), Path("models"))
    (found,) = open_spec("/b/models/x.gguf", config, taken=("x", "x@models"))
    assert found.card.id == "x@b/models"
    (same,) = open_spec("/b/models/x.gguf", config)
    assert same.card.id == "x"


def test_models_of_one_name_at_two_addresses_are_distinguished_by_them() -> None:
    ids = ModelIds()
    specs = ("http://127.0.0.1:8000/v1#qwen", "http://10.0.0.2:8000/v1#qwen")
    found = [ids.identified(spec, ScriptedBackend(SCENARIOS["plain"], 1)) for spec in specs]
    assert [backend and backend.card.id for backend in found] == [
        "scripted/plain",
        "scripted/plain@10.0.0.2:8000",
    ]
