"""Django's own command instead of `manage.py`."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from MyLLM.bootstrap.pins import ROOT
from MyLLM.django_admin import is_django_admin
from tests.live.live_server import SERVE, LiveServer


@pytest.mark.parametrize(
    ("program", "is_so"),
    [
        ("/venv/bin/django-admin", True),
        ("django-admin.exe", True),
        ("/venv/lib/python3.11/site-packages/django/__main__.py", True),
        ("manage.py", False),
        ("/venv/lib/python3.11/site-packages/uvicorn/__main__.py", False),
    ],
)
def test_it_is_known_by_its_name(program: str, is_so: bool) -> None:
    assert is_django_admin([program, "check"]) is is_so


def _django(folder: Path, *command: str, **settings: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("MYLLM_")}
    variables = {"DJANGO_SETTINGS_MODULE": "MyLLM.settings", "LANGUAGE": "en"}
    own = {"MYLLM_DATA_DIR": str(folder), "MYLLM_MODELS": "scripted"}
    return subprocess.run(
        [sys.executable, "-m", "django", *command],
        cwd=ROOT,
        env=kept | variables | own | settings,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_wrong_setting_is_one_sentence(tmp_path: Path) -> None:
    ended = _django(tmp_path, "check", MYLLM_SLOTS="many")
    assert (ended.returncode, len(ended.stderr.splitlines())) == (1, 1), ended.stderr
    assert "MYLLM_SLOTS" in ended.stderr


def test_what_is_refused_is_one_sentence(tmp_path: Path) -> None:
    ended = _django(tmp_path, "members", "--change", "Nobody", "--runs-at-once", "3")
    assert (ended.returncode, len(ended.stderr.splitlines())) == (1, 1), ended.stderr
    assert "wasn’t found" in ended.stderr


def test_a_folder_that_is_owned_is_one_sentence_and_doctor_finds_the_owner(tmp_path: Path) -> None:
    with LiveServer(tmp_path, SERVE, MODELS="scripted/plain") as server:
        refused = _django(tmp_path, "runserver", "--noreload", str(server.port + 1))
        found = _django(tmp_path, "doctor", MYLLM_HOST="127.0.0.1")
    assert len(refused.stderr.splitlines()) == 1, refused.stderr
    assert f":{server.port}/" in refused.stderr
    assert f"Port {server.port}: MyLLM is running there" in found.stdout
