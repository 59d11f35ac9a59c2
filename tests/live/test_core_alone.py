"""What requirements-core.txt names is enough: a Python that has it and nothing else."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest

from tests.live.live_server import ROOT, LiveServer


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Installed as pip does by the file's digests; without the network CI fails, others skip."""
    folder = tmp_path_factory.mktemp("core")
    venv.create(folder, with_pip=True)
    made = folder / ("Scripts" if os.name == "nt" else "bin") / Path(sys.executable).name
    options = ("--require-hashes", "--only-binary", ":all:", "--disable-pip-version-check")
    installed = subprocess.run(
        [made, "-m", "pip", "install", *options, "-r", ROOT / "requirements-core.txt"],
        capture_output=True,
        text=True,
        check=False,
    )
    if installed.returncode and "CI" not in os.environ:
        pytest.skip(f"the core cannot be installed: {installed.stderr}")
    assert installed.returncode == 0, installed.stderr
    return made


def test_serve_listens_and_answers(python: Path, tmp_path: Path) -> None:
    with LiveServer(tmp_path, python=python, MODELS="scripted") as server:
        assert server.get("/healthz")
        assert server.get("/api/v1/models")
        assert "Error" not in server.log


@pytest.mark.parametrize("arguments", ["--help", "serve --help", "doctor", "pair"])
def test_other_commands_find_what_they_import(python: Path, tmp_path: Path, arguments: str) -> None:
    environ = LiveServer(tmp_path, MODELS="scripted", OPEN=0).environment
    told = subprocess.run(
        [python, "manage.py", *arguments.split()],
        cwd=ROOT,
        env=environ,
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.stdout
    for word in ("ModuleNotFoundError", "Traceback"):
        assert word not in told.stdout + told.stderr
