"""Commands as a person types them, with or without a running server."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.live.live_server import ROOT, LiveServer

_SECONDS = 120


def typed(
    folder: Path, *command: str, piped: str = "", **settings: str
) -> subprocess.CompletedProcess[str]:
    """Run `manage.py` with `folder` as the data folder; returns its output and exit code."""
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
