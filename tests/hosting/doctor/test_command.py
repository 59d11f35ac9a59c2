"""`manage.py doctor` as a person runs it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.live.live_server import ROOT, free_port
from tests.patience import PATIENCE


def doctor(data: Path, *flags: str, **settings: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("MYLLM_")}
    own = {"MYLLM_DATA_DIR": str(data), "MYLLM_MODELS": "scripted", "LANGUAGE": "en"}
    return subprocess.run(
        [sys.executable, "manage.py", "doctor", "--port", str(free_port()), *flags],
        cwd=ROOT,
        env=kept | own | {"DJANGO_SETTINGS_MODULE": "MyLLM.settings"} | settings,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


def test_every_line_has_a_mark_and_the_exit_code_counts_what_is_bad(tmp_path: Path) -> None:
    ended = doctor(tmp_path, "--host", "127.0.0.1")
    lines = ended.stdout.splitlines()
    assert ended.returncode == 1
    assert all(line[:4] in ("ok  ", "--  ", "!!  ") for line in lines)
    assert sum(line.startswith("!!") for line in lines) == 1
    assert ended.stderr == "1 of these keep phones out: see !! above.\n"


def test_it_changes_nothing(tmp_path: Path) -> None:
    doctor(tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == ["secret_key"]


@pytest.mark.parametrize(("language", "word"), [("zh_CN", "设置：有效"), ("en", "Settings: valid")])
def test_it_uses_the_systems_language(tmp_path: Path, language: str, word: str) -> None:
    assert word in doctor(tmp_path, LANGUAGE=language, PYTHONIOENCODING="utf-8").stdout


def test_a_wrong_setting_is_named(tmp_path: Path) -> None:
    ended = doctor(tmp_path, MYLLM_SLOTS="many")
    assert ended.returncode == 2
    assert "MYLLM_SLOTS" in ended.stderr
