"""The folders are checked before anything is written."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from chat.terminal import language
from chat.terminal.refusal import Refusal
from MyLLM.bootstrap.pins import ROOT
from MyLLM.places import check_data_folder, explain_failure, places
from tests.patience import PATIENCE

posix = pytest.mark.skipif(os.name != "posix", reason="owners of this kind are POSIX's")


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language, "prefers_chinese", lambda: False)


def test_the_folder_is_the_one_that_is_set(tmp_path: Path) -> None:
    assert places({"MYLLM_DATA_DIR": f'"{tmp_path}"  # mine'}).data == tmp_path
    assert places({}).data == ROOT / "var"


def test_the_home_of_an_unknown_user_is_refused() -> None:
    with pytest.raises(Refusal, match="MYLLM_DATA_DIR=~nobody_here/x: there is no home"):
        places({"MYLLM_DATA_DIR": "~nobody_here/x"})


@posix
@pytest.mark.parametrize(
    "name",
    ["secret_key", "myllm.sqlite3", "myllm.sqlite3-wal", "logs", "models", "tls", "x.lock"],
)
def test_everything_important_is_checked(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / name).mkdir()
    real = os.access
    monkeypatch.setattr(os, "access", lambda path, way: Path(path).name != name and real(path, way))
    with pytest.raises(Refusal, match=rf"{name}.*{tmp_path}"):
        check_data_folder(places({"MYLLM_DATA_DIR": str(tmp_path)}))


@posix
def test_models_that_are_there_need_only_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "a.gguf").touch()
    real = os.access
    monkeypatch.setattr(
        os,
        "access",
        lambda path, way: not (Path(path).name == "models" and way & os.W_OK) and real(path, way),
    )
    check_data_folder(places({"MYLLM_DATA_DIR": str(tmp_path)}))


@posix
def test_a_failure_names_the_folder_that_changes_hands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 54321)
    file = tmp_path / "page" / "assets" / "index.js"
    file.parent.mkdir(parents=True)
    file.touch()
    here = places({"MYLLM_PAGE_DIR": str(tmp_path / "page")})
    sentence = str(explain_failure(PermissionError(13, "Permission denied", str(file)), here))
    assert f"{tmp_path / 'page'} and start again" in sentence


def test_a_command_that_cannot_write_ends_in_one_sentence(tmp_path: Path) -> None:
    """Whatever the system's reason, and whichever user runs the tests: the folder is a file."""
    (tmp_path / "file").touch()
    ended = subprocess.run(
        [sys.executable, "manage.py", "doctor"],
        cwd=ROOT,
        env={**os.environ, "MYLLM_DATA_DIR": str(tmp_path / "file" / "data"), "LANGUAGE": "en"}
        | {"DJANGO_SETTINGS_MODULE": "MyLLM.settings", "MYLLM_MODELS": "scripted"},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert ended.returncode == 2
    assert "MYLLM_DATA_DIR" in ended.stderr
    assert ended.stderr.count("\n") == 1
