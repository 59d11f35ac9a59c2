"""Commands as a person types them, beside a server or without one."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.live.live_server import ROOT, LiveServer

_SECONDS = 120


def typed(
    folder: Path, *command: str, piped: str = "", **settings: str
) -> subprocess.CompletedProcess[str]:
    """`manage.py` with `folder` as the data folder; what it printed, and its exit code."""
    return subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=ROOT,
        env=LiveServer(folder, **settings)._environment | {"LANGUAGE": "en"},
        input=piped,
        capture_output=True,
        text=True,
        timeout=_SECONDS,
        check=False,
    )
