"""The packages of requirements-core.txt suffice: a Python with them and nothing else."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest

from tests.live.live_server import ROOT, SERVE, LiveServer


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


class CoreServer(LiveServer):
    """Run by a Python that has the core alone."""

    def __init__(self, folder: Path, python: Path, **settings: str | int) -> None:
        super().__init__(folder, SERVE, MODELS="scripted", **settings)
        self._command[0] = str(python)

    def output(self, command: str) -> str:
        """The output of one of its commands."""
        ended = subprocess.run(
            [self._command[0], "manage.py", *command.split()],
            cwd=ROOT,
            env=self._environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        return ended.stdout


def test_serve_listens_and_answers(python: Path, tmp_path: Path) -> None:
    with CoreServer(tmp_path, python) as server:
        assert server.get("/healthz")
        assert server.get("/api/v1/models")
        assert "Error" not in server.log


@pytest.mark.parametrize("command", ["--help", "serve --help", "doctor", "pair"])
def test_other_commands_find_what_they_import(python: Path, tmp_path: Path, command: str) -> None:
    output = CoreServer(tmp_path, python, OPEN=0).output(command)
    assert output
    assert "ModuleNotFoundError" not in output
    assert "Traceback" not in output
