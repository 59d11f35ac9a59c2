"""Whole models in other programs' folders are found, each once and by a name of its own."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from inference.catalog.found.listing import models_on_this_computer
from inference.catalog.found.model import FoundModel
from inference.catalog.found.surroundings import Surroundings
from inference.catalog.found.unsuitable import Unsuitability
from inference.config import EngineConfig
from inference.specs.registry import check_spec, open_spec
from tests.inference.catalog.found.layouts import (
    around,
    layer,
    write_blob,
    write_folder,
    write_json,
    write_manifest,
)
from tests.inference.catalog.gguf_file import header, write_gguf


def _found(surroundings: Surroundings, *owned: Path) -> dict[str, FoundModel]:
    models = models_on_this_computer(surroundings, owned)
    assert len({model.name for model in models}) == len(models)
    return {model.name: model for model in models}


def _opened(found: FoundModel) -> str:
    """The name under which its spec opens."""
    check_spec(found.spec)
    (backend,) = open_spec(found.spec, EngineConfig((found.spec,), Path("models")))
    return backend.card.name


class TestHuggingFace:
    def test_a_folder_is_named_after_its_repository(self, tmp_path: Path) -> None:
        entry = tmp_path / ".cache/huggingface/hub/models--Qwen--Qwen3-0.6B"
        write_folder(entry / "snapshots" / "abc", tokenizer_config__json='{"chat_template": "x"}')
        (found,) = _found(around(tmp_path)).values()
        assert (found.name, found.origin) == ("Qwen/Qwen3-0.6B", "Hugging Face")
        assert (found.size, found.quantisation, found.context_tokens) == (100, "bfloat16", 4096)
        assert (found.architecture, found.has_chat_template) == ("qwen3", True)
        assert _opened(found) == "Qwen3-0.6B"

    def test_gguf_files_in_it_are_models_each(self, tmp_path: Path) -> None:
        snapshot = tmp_path / "hub" / "models--Qwen--Qwen3-GGUF" / "snapshots" / "abc"
        write_gguf(snapshot / "Qwen3-Q4_K_M.gguf", "qwen3")
        write_gguf(snapshot / "Q8_0" / "Qwen3-Q8_0.gguf", "qwen3")
        write_json(snapshot / "config.json", {"model_type": "qwen3"})
        assert set(_found(around(tmp_path, HF_HOME=str(tmp_path)))) == {
            "Qwen3-Q4_K_M",
            "Qwen3-Q8_0",
        }

    def test_the_revision_in_use_is_taken(self, tmp_path: Path) -> None:
        entry = tmp_path / "models--a--b"
        for revision, context in (("old", 1), ("new", 2)):
            write_folder(entry / "snapshots" / revision, {"max_position_embeddings": context})
        (entry / "refs").mkdir()
        (entry / "refs" / "main").write_text("old\n")
        (found,) = _found(around(tmp_path / "home", HF_HUB_CACHE=str(tmp_path))).values()
        assert found.context_tokens == 1

    def test_one_with_a_missing_part_is_not_offered(self, tmp_path: Path) -> None:
        snapshot = tmp_path / "models--a--b" / "snapshots" / "abc"
        write_folder(snapshot)
        parts = {"a": "model-00001-of-00002.safetensors", "b": "model-00002-of-00002.safetensors"}
        write_json(snapshot / "model.safetensors.index.json", {"weight_map": parts})
        computer = around(tmp_path / "home", HF_HUB_CACHE=str(tmp_path))
        for part in parts.values():
            assert not _found(computer)
            (snapshot / part).write_bytes(bytes(7))
        assert _found(computer)["a/b"].size == 14

    def test_one_without_weights_is_not_offered(self, tmp_path: Path) -> None:
        write_folder(tmp_path / "models--a--b/snapshots/x").joinpath("model.safetensors").unlink()
        assert not _found(around(tmp_path / "home", HF_HUB_CACHE=str(tmp_path)))


@pytest.mark.parametrize(
    "place",
    [
        ".cache/modelscope/hub/models/Qwen/Qwen3-0___6B",
        ".cache/modelscope/hub/Qwen/Qwen3-0___6B",
        ".cache/modelscope/models/Qwen/Qwen3-0___6B",
        ".cache/modelscope/models/Qwen--Qwen3-0.6B/snapshots/master",
    ],
)
def test_each_layout_of_modelscope_is_read(tmp_path: Path, place: str) -> None:
    write_folder(tmp_path / place)
    write_folder(tmp_path / ".cache/modelscope/hub/._____temp/Qwen/Half")
    (found,) = _found(around(tmp_path)).values()
    assert (found.name, found.origin) == ("Qwen/Qwen3-0.6B", "ModelScope")
    assert _opened(found) == "Qwen3-0.6B"


@pytest.mark.skipif(os.name == "nt", reason="links need a right there")
def test_a_model_that_two_links_lead_to_is_one(tmp_path: Path) -> None:
    owner = tmp_path / ".cache/modelscope/hub/models/Qwen"
    write_folder(owner / "Qwen3-0___6B")
    (owner / "Qwen3-0.6B").symlink_to(owner / "Qwen3-0___6B")
    (owner / "loop").symlink_to(owner)
    assert len(_found(around(tmp_path))) == 1


class TestOllama:
    def test_a_blob_is_named_after_its_manifest_and_opens(self, tmp_path: Path) -> None:
        store = tmp_path / ".ollama" / "models"
        template = layer("template", "b", 1)
        (store / "blobs").mkdir(parents=True)
        (store / "blobs" / template["digest"].replace(":", "-")).write_text("x")
        model = write_blob(store, "a")
        write_manifest(store, "registry.ollama.ai/library/qwen3/4b", model, template)
        (found,) = _found(around(tmp_path)).values()
        assert (found.name, found.origin) == ("qwen3:4b", "Ollama")
        assert (found.quantisation, found.context_tokens) == ("Q4_K_M", 2048)
        assert found.has_chat_template
        assert found.spec == f"gguf:{store / 'blobs' / ('sha256-' + 'a' * 64)}"
        assert _opened(found) == "qwen3:4b"

    @pytest.mark.parametrize(
        ("path", "name"),
        [
            ("registry.ollama.ai/library/qwen3/latest", "qwen3:latest"),
            ("registry.ollama.ai/someone/mine/v1", "someone/mine:v1"),
            ("hf.co/Qwen/Qwen3-GGUF/Q4_K_M", "hf.co/Qwen/Qwen3-GGUF:Q4_K_M"),
        ],
    )
    def test_names_are_as_ollama_shows_them(self, tmp_path: Path, path: str, name: str) -> None:
        write_manifest(tmp_path, path, write_blob(tmp_path, "a"))
        assert name in _found(around(tmp_path / "home", OLLAMA_MODELS=str(tmp_path)))

    def test_two_tags_of_one_blob_are_one_model(self, tmp_path: Path) -> None:
        model = write_blob(tmp_path, "a")
        for tag in ("4b", "latest"):
            write_manifest(tmp_path, f"registry.ollama.ai/library/qwen3/{tag}", model)
        assert len(_found(around(tmp_path / "home", OLLAMA_MODELS=str(tmp_path)))) == 1

    def test_a_projector_goes_with_its_model(self, tmp_path: Path) -> None:
        model, projector = write_blob(tmp_path, "a"), write_blob(tmp_path, "b", "clip")
        projector["mediaType"] = "application/vnd.ollama.image.projector"
        write_manifest(tmp_path, "registry.ollama.ai/library/llava/7b", model, projector)
        (found,) = _found(around(tmp_path / "home", OLLAMA_MODELS=str(tmp_path))).values()
        assert found.projector is not None
        assert found.projector.name == f"sha256-{'b' * 64}"

    def test_what_runs_elsewhere_or_is_not_whole_is_not_offered(self, tmp_path: Path) -> None:
        half = write_blob(tmp_path, "a") | {"size": 1 << 30}
        write_manifest(tmp_path, "registry.ollama.ai/library/half/1b", half)
        write_manifest(tmp_path, "registry.ollama.ai/library/gpt-oss/120b-cloud")
        write_manifest(tmp_path, "registry.ollama.ai/library/gone/1b", layer("model", "c", 5))
        write_manifest(tmp_path, "registry.ollama.ai/library/odd/1b", {"digest": "../../etc"})
        (tmp_path / "manifests/registry.ollama.ai/library/odd/2b").write_text("no JSON")
        assert not _found(around(tmp_path / "home", OLLAMA_MODELS=str(tmp_path)))


class TestLmStudio:
    def test_parts_are_one_model_and_a_projector_is_none(self, tmp_path: Path) -> None:
        folder = tmp_path / ".lmstudio/models/lmstudio-community/Gemma"
        for number in (1, 2):
            write_gguf(folder / f"Gemma-0000{number}-of-00002.gguf", "gemma3")
        write_gguf(folder / "mmproj-model-f16.gguf", "clip")
        (found,) = _found(around(tmp_path)).values()
        assert (found.name, found.origin) == ("Gemma", "LM Studio")
        assert found.spec.endswith("Gemma-00001-of-00002.gguf")
        assert found.size == 2 * (folder / "Gemma-00001-of-00002.gguf").stat().st_size
        assert found.projector == folder / "mmproj-model-f16.gguf"
        assert _opened(found) == "Gemma"

    def test_a_model_that_lacks_a_part_is_not_offered(self, tmp_path: Path) -> None:
        folder = tmp_path / ".cache/lm-studio/models/a/b"
        write_gguf(folder / "Gemma-00001-of-00002.gguf", "gemma3")
        assert not _found(around(tmp_path))

    def test_the_folder_that_its_settings_name_is_read(self, tmp_path: Path) -> None:
        write_json(tmp_path / ".lmstudio/settings.json", {"downloadsFolder": str(tmp_path / "d")})
        write_gguf(tmp_path / "d" / "a" / "b" / "model.gguf")
        assert set(_found(around(tmp_path))) == {"model"}


@pytest.mark.parametrize(
    ("platform", "place"),
    [
        ("linux", ".local/share/nomic.ai/GPT4All"),
        ("darwin", "Library/Application Support/nomic.ai/GPT4All"),
        ("win32", "AppData/Local/nomic.ai/GPT4All"),
    ],
)
def test_gpt4alls_models_are_found_on_each_system(
    tmp_path: Path, platform: str, place: str
) -> None:
    write_gguf(tmp_path / place / "Meta-Llama-3-8B-Instruct.Q4_0.gguf")
    write_gguf(tmp_path / place / "incomplete-Mistral.gguf")
    (found,) = _found(around(tmp_path, platform)).values()
    assert (found.origin, found.quantisation) == ("GPT4All", "Q4_0")


class TestOwnedFolders:
    def test_files_and_folders_are_found_to_some_depth(self, tmp_path: Path) -> None:
        write_gguf(tmp_path / "a.gguf")
        write_folder(tmp_path / "group" / "b")
        write_gguf(tmp_path / "1" / "2" / "3" / "4" / "deep.gguf")
        assert set(_found(around(tmp_path / "home"), tmp_path)) == {"a", "b"}

    def test_files_known_by_other_ways_are_left_out(self, tmp_path: Path) -> None:
        write_gguf(tmp_path / "builtin.gguf")
        computer = around(tmp_path / "home")
        assert not models_on_this_computer(computer, [tmp_path], ["builtin.gguf"])

    def test_a_download_that_broke_off_is_not_offered(self, tmp_path: Path) -> None:
        (tmp_path / "half.gguf").write_bytes(header()[:50])
        (tmp_path / "other.gguf.part").write_bytes(header())
        assert not _found(around(tmp_path / "home"), tmp_path)

    def test_two_files_of_one_name_can_be_distinguished(self, tmp_path: Path) -> None:
        for folder in ("first/x", "second/x", "third/y"):
            write_gguf(tmp_path / folder / "model.gguf")
        assert set(_found(around(tmp_path / "home"), tmp_path)) == {
            "model (first/x)",
            "model (second/x)",
            "model (y)",
        }

    def test_models_of_one_name_in_two_programs_are_distinguished_by_these(
        self, tmp_path: Path
    ) -> None:
        write_gguf(tmp_path / ".lmstudio/models/a/b/model.gguf")
        write_gguf(tmp_path / ".local/share/nomic.ai/GPT4All/model.gguf")
        assert set(_found(around(tmp_path))) == {"model (LM Studio)", "model (GPT4All)"}

    def test_a_folder_that_cannot_be_read_is_passed_over(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        write_gguf(tmp_path / "secret" / "a.gguf")
        write_gguf(tmp_path / "b.gguf")
        listed = Path.iterdir

        def refused(folder: Path) -> Iterator[Path]:
            if folder.name == "secret":
                raise PermissionError(13, "Permission denied")
            return listed(folder)

        monkeypatch.setattr(Path, "iterdir", refused)
        assert set(_found(around(tmp_path / "home"), tmp_path)) == {"b"}

    def test_what_is_not_for_chat_is_reported_with_its_reason(self, tmp_path: Path) -> None:
        write_folder(tmp_path / "bge", {"model_type": "bert", "architectures": ["BertModel"]})
        write_gguf(tmp_path / "vision" / "mmproj-f16.gguf", "clip")
        adapter = write_json(
            tmp_path / "lora" / "adapter_config.json", {"base_model_name_or_path": "Qwen/Qwen3"}
        )
        adapter.with_name("adapter_model.safetensors").write_bytes(b"x")
        reasons = {
            name: found.unsuitable.reason if found.unsuitable else None
            for name, found in _found(around(tmp_path / "home"), tmp_path).items()
        }
        assert reasons == {
            "bge": Unsuitability.EMBEDDING,
            "mmproj-f16": Unsuitability.PROJECTOR,
            "lora": Unsuitability.ADAPTER,
        }
