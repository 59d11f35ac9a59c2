"""What runs of a folder once it is trusted, shown before anything does."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from inference.transformers_engine.loading.model_code import ModelCode, model_code


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder whose code lies in five files, beside one that nothing reaches."""
    auto_map = {"AutoConfig": "own_config.OwnConfig", "AutoModelForCausalLM": "own.OwnModel"}
    tokenizer = {"auto_map": {"AutoTokenizer": ["words.Words", None]}}
    (tmp_path / "config.json").write_text(json.dumps({"auto_map": auto_map}))
    (tmp_path / "tokenizer_config.json").write_text(json.dumps(tokenizer))
    (tmp_path / "own_config.py").write_text("class OwnConfig: ...\n")
    (tmp_path / "own.py").write_text("import os\nfrom .layers import Layer\n")
    (tmp_path / "layers.py").write_text("try:\n    from .kernel import fast\nexcept: ...\n")
    (tmp_path / "kernel.py").write_text("fast = 1\n")
    (tmp_path / "words.py").write_text("class Words: ...\n")
    (tmp_path / "setup.py").write_text("raise SystemExit\n")
    return tmp_path


def names(code: ModelCode) -> list[str]:
    return [file.name for file in code.files]


def test_it_is_what_auto_map_reaches(folder: Path) -> None:
    code = model_code(folder)
    assert names(code) == ["kernel.py", "layers.py", "own.py", "own_config.py", "words.py"]
    shown = code.files[0]
    assert (shown.text, shown.size) == ("fast = 1\n", 9)
    assert len(code.digest) == 64


def test_the_old_form_of_a_tokenizers_entry_is_read(folder: Path) -> None:
    old = {"auto_map": ["words.Words", None]}
    (folder / "tokenizer_config.json").write_text(json.dumps(old))
    assert "words.py" in names(model_code(folder))


@pytest.mark.parametrize("name", ["kernel.py", "own_config.py", "words.py"])
def test_a_change_of_any_file_changes_the_digest(folder: Path, name: str) -> None:
    before = model_code(folder).digest
    (folder / name).write_text("import os  # changed\n")
    assert model_code(folder).digest != before


def test_a_file_that_nothing_reaches_does_not(folder: Path) -> None:
    before = model_code(folder).digest
    (folder / "setup.py").write_text("print()\n")
    assert model_code(folder).digest == before


def test_text_moved_from_one_file_to_the_next_is_other_code(folder: Path) -> None:
    before = model_code(folder).digest
    (folder / "kernel.py").write_text("")
    (folder / "layers.py").write_text("fast = 1\n" + (folder / "layers.py").read_text())
    assert model_code(folder).digest != before


def test_code_of_another_repository_is_named_and_not_fetched(folder: Path) -> None:
    auto_map = {"AutoConfig": "someone/else--own.OwnConfig", "AutoModel": "own.OwnModel"}
    (folder / "config.json").write_text(json.dumps({"auto_map": auto_map}))
    code = model_code(folder)
    assert code.elsewhere == ("someone/else--own.OwnConfig",)
    assert "own.py" in names(code)


def test_a_file_that_is_named_and_not_there_is_reported(folder: Path) -> None:
    (folder / "layers.py").unlink()
    assert model_code(folder).missing == ("layers.py",)


def test_imports_in_a_circle_end(folder: Path) -> None:
    (folder / "kernel.py").write_text("from .own import OwnModel\n")
    assert len(model_code(folder).files) == 5


def test_a_generation_loop_of_its_own_is_code_too(folder: Path) -> None:
    (folder / "custom_generate").mkdir()
    (folder / "custom_generate" / "generate.py").write_text("from .steps import step\n")
    (folder / "custom_generate" / "steps.py").write_text("step = 1\n")
    found = names(model_code(folder))
    assert found[:2] == ["custom_generate/generate.py", "custom_generate/steps.py"]


def test_a_folder_without_code_has_no_digest(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text('{"model_type": "qwen2"}')
    assert model_code(tmp_path) == ModelCode()
