"""What becomes of a test that hangs."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

_ROOT = Path(__file__).resolve().parent.parent

IN_THE_TEST = """
import signal, time
def test_it():
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGALRM})
    time.sleep(600)
"""

AFTER_A_FAILURE = """
import pytest, time
@pytest.fixture
def slow():
    yield
    time.sleep(600)
def test_it(slow):
    assert False
"""


@pytest.mark.parametrize("source", [IN_THE_TEST, AFTER_A_FAILURE])
def test_a_hang_ends_its_process_and_tells_where(tmp_path: Path, source: str) -> None:
    file = tmp_path / "test_hangs.py"
    file.write_text(source)
    plugins = ["-p", "tests.overdue", "-p", "xdist", "-p", "pytest_timeout"]
    options = ["-c", os.devnull, "-o", "timeout=2", "-n", "1"]
    ended = subprocess.run(
        [sys.executable, "-m", "pytest", *plugins, *options, str(file)],
        cwd=_ROOT,
        env=os.environ | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert ended.returncode == 1
    assert "crashed while running" in ended.stdout
    assert "test_hangs.py" in ended.stderr
