"""A process that keeps a file system busy: big files written, synced and written anew.

python3 -m bench.busy_disk FOLDER
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_MEGABYTE = 1 << 20
_FILE_MEGABYTES = 64
_LIMIT_SECONDS = 300
_FIRST_SECONDS = 2


@contextmanager
def busy_disk(folder: Path) -> Iterator[None]:
    """The file system of `folder` is written to; for a limited time even if it is not ended."""
    command = [sys.executable, "-m", "bench.busy_disk", str(folder)]
    root = Path(__file__).resolve().parents[1]
    process = subprocess.Popen(command, cwd=root)  # noqa: S603
    try:
        time.sleep(_FIRST_SECONDS)
        yield
    finally:
        process.kill()
        process.wait()


def write(file: Path) -> None:
    """The file's megabytes, and wait until they lie on the disk."""
    piece = os.urandom(_MEGABYTE)
    with file.open("wb", buffering=0) as opened:
        for _ in range(_FILE_MEGABYTES):
            opened.write(piece)
        os.fsync(opened.fileno())


def main() -> None:
    file = Path(sys.argv[1]) / "busy"
    ends = time.monotonic() + _LIMIT_SECONDS
    while time.monotonic() < ends:
        write(file)


if __name__ == "__main__":
    main()
