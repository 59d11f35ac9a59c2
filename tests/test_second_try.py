"""Who may try once more."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

_ROOT = Path(__file__).resolve().parent.parent

ONCE = """
from pathlib import Path
def test_it():
    told = Path(__file__).with_name("tried")
    if not told.exists():
        told.touch()
        raise AssertionError("{words}")
"""
ALWAYS = """
def test_it():
    raise AssertionError("wrong")
"""
PASSED, FAILED = 0, 1


def _run(folder: Path, source: str, environ: dict[str, str]) -> int:
    folder.mkdir()
    (folder / "test_it.py").write_text(source)
    plugins = ["-p", "tests.second_try", "-p", "pytest_rerunfailures"]
    bare = {name: value for name, value in os.environ.items() if name != "CI"}
    return subprocess.run(
        [sys.executable, "-m", "pytest", *plugins, "-c", os.devnull, str(folder)],
        cwd=_ROOT,
        env=bare | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"} | environ,
        capture_output=True,
        timeout=120,
        check=False,
    ).returncode


@pytest.mark.parametrize(
    ("room", "source", "environ", "code"),
    [
        ("live", ONCE.format(words="late"), {"CI": "1"}, PASSED),
        ("e2e", ONCE.format(words="late"), {"CI": "1"}, PASSED),
        ("live", ONCE.format(words="late"), {}, FAILED),
        ("chaos", ONCE.format(words="late"), {"CI": "1"}, FAILED),
        ("contract", ONCE.format(words="late"), {"CI": "1"}, FAILED),
        ("local", ONCE.format(words="late"), {"CI": "1"}, FAILED),
        ("live", ONCE.format(words="Traceback (most recent"), {"CI": "1"}, FAILED),
        ("live", ALWAYS, {"CI": "1"}, FAILED),
    ],
)
def test_one_more_try_is_for_ci_and_never_for_what_must_be_exact(
    tmp_path: Path, room: str, source: str, environ: dict[str, str], code: int
) -> None:
    assert _run(tmp_path / room, source, environ) == code
