"""The sentence for a missing package that nothing has installed."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from importlib.metadata import distributions
from pathlib import Path

import pytest

from chat.terminal import language
from MyLLM.bootstrap.installed import lacks, missing_of
from MyLLM.bootstrap.pins import ROOT, normalised, read_pins
from MyLLM.bootstrap.requirement_set import CORE

SERVE = ["manage.py", "serve"]
BASE: str = getattr(sys, "_base_executable", sys.executable)
"""A Python without our packages."""
APPLICATION = "MyLLM.asgi:application"


@pytest.fixture
def packages(tmp_path: Path) -> Path:
    """A folder with the metadata of all of the light set, in whichever version."""
    for pin in read_pins(CORE):
        (tmp_path / f"{normalised(pin.partition('==')[0])}-0.dist-info").mkdir()
    return tmp_path


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language, "prefers_chinese", lambda: False)


def test_without_missing_packages_there_is_no_sentence() -> None:
    assert lacks(SERVE) == ""


def test_another_version_is_installed(packages: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", [str(packages)])
    assert missing_of(read_pins(CORE)) == []


@pytest.mark.parametrize("name", [pin.partition("==")[0] for pin in read_pins(CORE)])
def test_each_package_that_is_missing_is_named_with_the_command(
    packages: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    (packages / f"{normalised(name)}-0.dist-info").rmdir()
    monkeypatch.setattr(sys, "path", [str(packages)])
    assert f" {name}: run {sys.executable} -m pip install -r requirements-core.txt" in lacks(SERVE)


def test_runserver_needs_daphne_as_well(packages: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", [str(packages)])
    assert lacks(["uvicorn", APPLICATION]) == ""
    assert "pip install daphne==" in lacks(["django", "runserver"])


def test_many_are_not_all_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "path", [str(tmp_path)])
    assert "annotated-types, anyio, asgiref, certifi…" in lacks(SERVE)


@pytest.fixture(scope="module")
def farm(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Links to every package that is installed here but segno and daphne."""
    folder = tmp_path_factory.mktemp("packages")
    site = Path(pytest.__file__).resolve().parents[1]
    gone = {
        file.parts[0]
        for found in distributions(path=[str(site)])
        if found.metadata["Name"] in ("segno", "daphne")
        for file in found.files or ()
    }
    for entry in site.iterdir():
        if entry.name not in gone:
            (folder / entry.name).symlink_to(entry)
    return folder


@pytest.mark.skipif(os.name == "nt", reason="links need a right of their own there")
@pytest.mark.parametrize(
    ("command", "language"),
    [
        (["django", "runserver"], "en"),
        (["django", "migrate"], "zh_CN"),
        (["uvicorn", APPLICATION], "en"),
    ],
)
def test_a_start_without_manage_py_prints_one_sentence(
    farm: Path, tmp_path: Path, command: Sequence[str], language: str
) -> None:
    variables = {"PYTHONPATH": str(farm), "LANGUAGE": language, "PYTHONIOENCODING": "utf-8"}
    settings = {"DJANGO_SETTINGS_MODULE": "MyLLM.settings", "MYLLM_DATA_DIR": str(tmp_path)}
    ended = subprocess.run(
        [BASE, "-S", "-m", *command],
        cwd=ROOT,
        env=os.environ | variables | settings,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert ended.returncode == 1
    assert "segno" in ended.stderr
    assert "requirements-core.txt" in ended.stderr
    assert len(ended.stderr.splitlines()) == 1, ended.stderr
