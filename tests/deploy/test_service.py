"""The systemd unit and the Windows script."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest

from tests.live.live_server import ROOT

UNIT = ROOT / "deploy" / "myllm.service"
SCRIPT = ROOT / "deploy" / "start-windows.cmd"


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd here")
def test_systemd_understands_the_unit() -> None:
    verified = subprocess.run(
        ["systemd-analyze", "verify", str(UNIT)], capture_output=True, text=True, check=False
    )
    assert (verified.returncode, verified.stderr) == (0, "")


def test_the_unit_sets_what_there_is_to_set() -> None:
    documented = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    named = set(re.findall(r"MYLLM_[A-Z_]+", UNIT.read_text(encoding="utf-8")))
    assert named
    assert all(name in documented for name in named)


def test_the_windows_script_has_the_line_ends_of_its_shell() -> None:
    lines = SCRIPT.read_bytes().split(b"\n")
    assert all(line.endswith(b"\r") for line in lines[:-1])
